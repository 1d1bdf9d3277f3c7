/** Accounts, sessions, workspaces, members and invitations, as the model keeps them. */
import { roles } from './forms.mjs';
import { conflict, forbidden, invalid, notFound, Refusal } from './refusal.mjs';
import { Like } from './unknown.mjs';

const rank = role => roles.indexOf(role);
export const compareText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Writes into the change log what was done. */
export function tell({ me, now }, workspace, kind, objectId, { task = null, project = null, actor = me.id } = {}) {
  workspace.changes.push({
    number: workspace.changes.length + 1, kind, object_id: objectId, task_id: task?.id ?? null,
    project_id: task?.project.id ?? project?.id ?? null, actor_id: actor, at: now(),
  });
}

/** The asked page of a list that is made whole. */
export function cut(items, query = {}) {
  let left = items;
  if (query.cursor !== undefined) {
    const at = items.findIndex(item => item.id === query.cursor);
    if (at < 0) throw invalid('?cursor');
    left = items.slice(at + 1);
  }
  return cutTo(left, query);
}
export function cutTo(items, { limit = 50 } = {}) {
  const most = Math.min(Math.max(limit, 1), 500);
  return { items: items.slice(0, most), next: items.length > most ? items[most - 1].id : null };
}

// ---- accounts and sessions

const meOf = person => ({
  id: person.id, name: person.name, email: person.email, pending_email: null, is_operator: person.isOperator,
  created_at: person.created_at, changed_at: person.changed_at,
});

/** When it was used last is written down every ten minutes only. */
const sessionOf = (session, token) => ({
  id: session.id, created_at: session.created_at, changed_at: new Like(/^20/), last_seen_at: new Like(/^20/), expires_at: new Like(/^20/),
  client: 'A program', address: '192.0.2.0/24', current: session.token === token,
});

function enter({ seen, newId, now }, person) {
  const token = /__Host-session=([^;]+)/.exec(seen.headers['set-cookie']?.join())?.[1];
  const session = { id: newId(seen.body?.session?.id), token, created_at: now() };
  person.sessions.push(session);
  return { tagged: false, location: `/api/v1/sessions/${session.id}`, body: { person: meOf(person), session: sessionOf(session, token) } };
}

function createAccount(context) {
  const { model, wish, seen, newId, now } = context;
  const year = new Date().getUTCFullYear();
  if (wish.birth_year < year - 130 || wish.birth_year > year - 17) throw invalid('/birth_year');
  if (wish.consent.policy_version !== model.policyVersion) throw invalid('/consent/policy_version');
  if ([...wish.password].length < 10 || Buffer.byteLength(wish.password) > 256) throw invalid('/password');
  const email = wish.email.toLowerCase();
  if (model.people.some(person => person.email.toLowerCase() === email)) throw invalid('/email');
  const at = now();
  const person = {
    id: newId(seen.body?.person?.id), name: wish.name, email: wish.email, password: wish.password,
    isOperator: model.isFirst && model.people.length === 0,
    created_at: at, changed_at: at, sessions: [],
  };
  if (seen.status === 201) model.people.push(person);
  return enter(context, person);
}

function createSession(context) {
  const { model, wish } = context;
  const person = model.people.find(each => each.email.toLowerCase() === wish.email.toLowerCase());
  if (person?.password !== wish.password) throw new Refusal(401, 'wrong-credentials');
  return enter(context, person);
}

function endSession({ me, values, call }) {
  const at = me.sessions.findIndex(each => (values.session === 'current' ? each.token === call.token : each.id === values.session));
  if (at < 0) throw notFound();
  me.sessions.splice(at, 1);
}

function changeMe(context) {
  const { me, wish, model, now } = context;
  if (wish.name !== undefined && wish.name !== me.name) {
    me.name = wish.name;
    me.changed_at = now();
    for (const workspace of model.workspaces.values())
      if (workspace.members.has(me.id)) tell(context, workspace, 'person.changed', me.id, { actor: null });
  }
  return { body: meOf(me) };
}

// ---- workspaces

const current = workspace => [...workspace.members.values()].filter(each => !each.ended);

const workspaceOf = (workspace, role) => ({
  id: workspace.id, name: workspace.name, role, member_count: current(workspace).length, created_at: workspace.created_at,
  changed_at: workspace.changed_at, closes_at: null,
});

function listWorkspaces({ model, me, query }) {
  const items = [];
  for (const workspace of model.workspaces.values()) {
    const membership = workspace.members.get(me.id);
    if (membership && !membership.ended) items.push(workspaceOf(workspace, membership.role));
  }
  // By when one came in, which no answer to this person says.
  return { body: cut(items, query), unordered: true };
}

function createWorkspace(context) {
  const { model, me, wish, seen, newId, now } = context;
  const at = now();
  const workspace = {
    id: newId(seen.body?.id), name: wish.name, created_at: at, changed_at: at, members: new Map(), invitations: [], projects: new Map(),
    tasks: new Map(), changes: [],
  };
  workspace.members.set(me.id, { person: me, role: 'owner', created_at: at, changed_at: at, ended: false });
  if (seen.status === 201) model.workspaces.set(workspace.id, workspace);
  tell(context, workspace, 'workspace.changed', workspace.id);
  return { body: workspaceOf(workspace, 'owner') };
}

function changeWorkspace(context) {
  const { workspace, wish, role, now } = context;
  if (wish.name !== undefined && wish.name !== workspace.name) {
    workspace.name = wish.name;
    workspace.changed_at = now();
    tell(context, workspace, 'workspace.changed', workspace.id);
  }
  return { body: workspaceOf(workspace, role) };
}

function closeWorkspace({ model, workspace, wish }) {
  if (wish.name !== workspace.name) throw invalid('/name');
  model.workspaces.delete(workspace.id);
}

// ---- members

const memberOf = ({ me, role }, membership) => ({
  id: membership.person.id, name: membership.person.name,
  email: rank(role) >= rank('admin') || membership.person === me ? membership.person.email : null, job_title: null, company: null,
  role: membership.role, is_me: membership.person === me, created_at: membership.created_at, changed_at: membership.changed_at,
});

function listMembers(context) {
  const { workspace, query, seen } = context;
  const members = current(workspace);
  for (const said of seen.body?.items ?? []) members.find(each => each.person.id === said.id)?.created_at.learn(said.created_at);
  const at = each => each.created_at.value ?? '';
  members.sort((a, b) => compareText(at(a), at(b)) || compareText(a.person.id, b.person.id));
  return { body: cut(members.map(each => memberOf(context, each)), query) };
}

function listPeople({ workspace, query }) {
  const people = [...workspace.members.values()].sort((a, b) => compareText(a.person.id, b.person.id));
  const items = people.map(each => ({
    id: each.person.id, name: each.person.name, role: each.ended ? null : each.role, has_account: true, is_member: !each.ended,
  }));
  return { body: cut(items, query) };
}

function membershipOf({ workspace, values }) {
  const membership = workspace.members.get(values.person);
  if (!membership || membership.ended) throw notFound();
  return membership;
}
const isLastOwner = (workspace, membership) =>
  membership.role === 'owner' && current(workspace).filter(each => each.role === 'owner').length === 1;

function changeMember(context) {
  const { workspace, wish, role, now } = context;
  const membership = membershipOf(context);
  if (rank(membership.role) > rank(role) || rank(wish.role) > rank(role)) throw forbidden();
  if (wish.role !== 'owner' && isLastOwner(workspace, membership)) throw conflict('last-owner');
  if (membership.role !== wish.role) {
    membership.role = wish.role;
    membership.changed_at = now();
    tell(context, workspace, 'member.changed', membership.person.id);
  }
  return { body: memberOf(context, membership) };
}

function removeMember(context) {
  const { workspace, me, role, now } = context;
  const membership = membershipOf(context);
  if (membership.person !== me && (rank(role) < rank('admin') || rank(membership.role) > rank(role))) throw forbidden();
  if (isLastOwner(workspace, membership)) throw conflict('last-owner');
  membership.ended = true;
  membership.changed_at = now();
  tell(context, workspace, 'member.changed', membership.person.id);
}

// ---- invitations

const week = 7 * 24 * 3600 * 1000;
const invitationOf = ({ id, role, createdBy, expires_at, created_at }) => ({
  id, role, person_id: null, created_by: createdBy, expires_at, created_at, changed_at: created_at,
});

function createInvitation({ workspace, me, role, wish, seen, newId, now }) {
  if (rank(wish.role) > rank(role)) throw forbidden();
  if (wish.person_id) throw invalid('/person_id');
  const token = seen.body?.link?.split('#')[1];
  const invitation = { id: newId(seen.body?.id), role: wish.role, token, createdBy: me.id, created_at: now(), expires_at: now(week) };
  workspace.invitations.push(invitation);
  return { body: { ...invitationOf(invitation), link: new Like(/^http:\/\/127\.0\.0\.1:\d+\/join#.{20,}$/) } };
}

const listInvitations = ({ workspace, query }) => ({
  body: cut(workspace.invitations.toSorted((a, b) => compareText(b.id, a.id)).map(invitationOf), query),
});

function revokeInvitation({ workspace, values }) {
  const at = workspace.invitations.findIndex(each => each.id === values.invitation);
  if (at < 0) throw notFound();
  workspace.invitations.splice(at, 1);
}

function openInvitation({ model, wish }) {
  for (const workspace of model.workspaces.values()) {
    const invitation = workspace.invitations.find(each => each.token === wish.token);
    if (invitation) return { workspace, invitation };
  }
  throw new Refusal(404, 'invitation-used');
}

function lookUpInvitation(context) {
  const { workspace, invitation } = openInvitation(context);
  return { body: { workspace_name: workspace.name, role: invitation.role, person_name: null, expires_at: invitation.expires_at } };
}

function acceptInvitation(context) {
  const { me, now } = context;
  const { workspace, invitation } = openInvitation(context);
  workspace.invitations.splice(workspace.invitations.indexOf(invitation), 1);
  const before = workspace.members.get(me.id);
  const at = now();
  const role = before && !before.ended && rank(before.role) > rank(invitation.role) ? before.role : invitation.role;
  workspace.members.set(me.id, { person: me, role, created_at: before?.created_at ?? at, changed_at: at, ended: false });
  tell(context, workspace, 'member.changed', me.id);
  return { body: workspaceOf(workspace, role) };
}

export const peopleRoutes = [
  ['POST', '/accounts', 'nothing', { body: 'account' }, createAccount],
  ['POST', '/sessions', 'nothing', { body: 'credentials' }, createSession],
  ['GET', '/sessions', 'account', { query: 'page' }, ({ me, call, query }) => ({
    body: cut(me.sessions.map(each => sessionOf(each, call.token)), query), unordered: true,
  })],
  ['DELETE', '/sessions/:session', 'account', {}, endSession],
  ['GET', '/me', 'account', {}, ({ me }) => ({ body: meOf(me) })],
  ['PATCH', '/me', 'account', { body: 'me' }, changeMe],
  ['POST', '/invitations/lookup', 'nothing', { body: 'token', status: 200 }, lookUpInvitation],
  ['POST', '/invitations/accept', 'account', { body: 'token', status: 200 }, acceptInvitation],
  ['GET', '/workspaces', 'account', { query: 'page' }, listWorkspaces],
  ['POST', '/workspaces', 'account', { body: 'named' }, createWorkspace],
  ['GET', '/workspaces/:workspace', 'guest', {}, ({ workspace, role }) => ({ body: workspaceOf(workspace, role) })],
  ['PATCH', '/workspaces/:workspace', 'admin', { body: 'workspaceChange' }, changeWorkspace],
  ['DELETE', '/workspaces/:workspace', 'owner', { body: 'closing' }, closeWorkspace],
  ['GET', '/workspaces/:workspace/members', 'guest', { query: 'page' }, listMembers],
  ['GET', '/workspaces/:workspace/people', 'guest', { query: 'page' }, listPeople],
  ['PATCH', '/workspaces/:workspace/members/:person', 'admin', { body: 'member' }, changeMember],
  ['DELETE', '/workspaces/:workspace/members/:person', 'guest', {}, removeMember],
  ['GET', '/workspaces/:workspace/invitations', 'admin', { query: 'page' }, listInvitations],
  ['POST', '/workspaces/:workspace/invitations', 'admin', { body: 'invitation' }, createInvitation],
  ['DELETE', '/workspaces/:workspace/invitations/:invitation', 'admin', {}, revokeInvitation],
];
