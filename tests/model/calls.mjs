/**
 * Random calls of one sequence: what could be asked now, by whom, with right and wrong words. Each takes its choices from dice, so that a
 * sequence is repeated and shrunk by its dice: all zeros are the plainest call.
 */
import { colors, groups, plainFields, priorities, roles, sorts } from './forms.mjs';

const words = ['alder', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'ginkgo', 'hazel', 'ivy', 'juniper', 'kapok', 'larch', 'maple', 'neem', 'oak', 'pine'];
const signs = ['', '', '', ' – “quoted”', ' Łódź', ' 日本語', ' 🌲', ' <b>&amp;', ' \\n "x"'];
const blanks = ['', '', ' ', '\t'];
const nobody = '0190a000-0000-7000-8000-000000000000';

/** What is wrong in one way or another, for a member of a body. */
const wrongValues = [null, '', '   ', 7, true, 'nonsense', [], {}, ['nonsense'], 'a\u0001b', 'x'.repeat(600), '2026-13-41', -1, [7]];

export class Dice {
  constructor(values, births) {
    Object.assign(this, { values, births });
    this.at = 0;
  }
  roll() {
    const { values, at } = this;
    ++this.at;
    // Rarely there are more choices than dice: then they are thrown again, turned.
    return at < values.length ? values[at] : (values[at % values.length] * 40503 + (values[0] ? at * 24593 : 0)) % 65536;
  }
  below = n => this.roll() % n;
  /** A thing by its birth, not by its place: when a step is left out, later ones are still about the same things. */
  pick(list) {
    const value = this.roll();
    if (list[0]?.id === undefined) return list[value % list.length];
    const distance = thing => Math.imul((this.births.get(thing.id) ?? 0) ^ Math.imul(value + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
    return list.reduce((best, thing) => (distance(thing) < distance(best) ? thing : best));
  }
  /** In so many of a hundred cases; never for a zero. */
  chance = percent => this.roll() % 100 >= 100 - percent;
  some = (list, most) => Array.from({ length: Math.min(this.below(most + 1), list.length) }, () => this.pick(list));
}

const textOf = dice => `${dice.pick(words)}${dice.chance(50) ? ` ${dice.pick(words)}` : ''}${dice.pick(signs)}`;
const lineOf = dice => dice.pick(blanks) + textOf(dice) + dice.pick(blanks);

/** Which things of the sequence a call can be about. */
export class Scene {
  constructor(model, dice) {
    this.model = model;
    this.dice = dice;
    this.people = model.people;
    const all = [...model.workspaces.values()];
    this.workspace = dice.chance(10) ? dice.pick(all) : all[0];
    this.members = [...(this.workspace?.members.values() ?? [])];
    this.me = this.asker();
    this.projects = [...(this.workspace?.projects.values() ?? [])];
    this.project = dice.pick(this.projects);
    this.tasks = (this.project?.statuses ?? []).flatMap(status => status.column).sort((a, b) => a.number - b.number);
    // One of the last made, more often than not: what is used again meets what was done to it before.
    this.task = dice.pick(dice.chance(60) ? this.tasks.slice(-6) : this.tasks);
    if (dice.chance(4)) this.task = dice.pick([...(dice.pick(all)?.tasks.values() ?? [])]);
  }

  asker() {
    const { dice, members } = this;
    if (!members.length || dice.chance(4)) return dice.pick(this.people);
    const writers = members.filter(each => !each.ended && each.role !== 'guest');
    return dice.chance(85) && writers.length ? dice.pick(writers.map(each => each.person)) : dice.pick(members.map(each => each.person));
  }

  get base() {
    return `/workspaces/${this.workspace.id}`;
  }
  /** By its id, or by its key. */
  taskPath = () => `${this.base}/tasks/${this.dice.chance(15) ? this.dice.pick([this.task.key, this.task.key.toLowerCase(), nobody, 'no-task', 'nothing']) : this.task.id}`;
  projectPath = () => `${this.base}/projects/${this.dice.chance(2) ? this.dice.pick([nobody, 'nothing']) : this.project.id}`;
  status = () => this.dice.pick(this.project.statuses);
  column = status => status.column.filter(each => !each.deleted_at || this.dice.chance(10));
  personId = () => (this.dice.chance(3) ? nobody : this.dice.chance(10) ? this.dice.pick(this.people).id : this.dice.pick(this.members.map(each => each.person)).id);
}

/** Only those members that the dice choose, at least the first. */
function chosen(dice, members, percent = 35) {
  const body = {};
  for (const [name, make] of Object.entries(members)) if (dice.chance(percent)) body[name] = make();
  return body;
}

const itemOf = dice => ({ text: lineOf(dice), ...chosen(dice, { done: () => dice.chance(50), list: () => dice.pick(words) }) });
const linkOf = dice => ({ url: dice.pick(['https://dialpine.example/a?b=c#d', 'http://192.0.2.7/', 'mailto:mia@dialpine.example', 'javascript:alert(1)']), ...chosen(dice, { title: () => textOf(dice) }) });

const fieldsOf = (scene, dice) => ({
  title: () => lineOf(dice), description: () => dice.pick(['', `${textOf(dice)}\r\n\t${textOf(dice)}`]), priority: () => dice.pick(priorities),
  assignee_ids: () => dice.some(scene.members, 3).map(() => scene.personId()), label_ids: () => dice.some(scene.project.labels, 3).map(each => each.id),
  ...Object.fromEntries(Object.entries(plainFields).map(([name, { tried }]) => [name, () => dice.pick([null, ...tried])])),
});

function placeOf(scene, dice, status) {
  const column = scene.column(status);
  if (!column.length || dice.chance(20)) return {};
  const id = (dice.chance(5) ? scene.task : dice.pick(column))?.id ?? nobody;
  return dice.chance(50) ? { after_id: id } : { before_id: id };
}

function newTask(scene, dice) {
  const status = dice.chance(60) ? scene.status() : undefined;
  const body = { title: lineOf(dice), ...chosen(dice, fieldsOf(scene, dice), 15) };
  if (status) Object.assign(body, { status_id: status.id }, dice.chance(40) ? placeOf(scene, dice, status) : {});
  if (dice.chance(15)) body.checklist = [itemOf(dice), itemOf(dice)];
  if (dice.chance(10)) body.links = [linkOf(dice)];
  body.title ??= textOf(dice);
  return body;
}

function taskChange(scene, dice) {
  const body = chosen(dice, fieldsOf(scene, dice), 12);
  if (dice.chance(15)) body.status_id = scene.status().id;
  if (dice.chance(30)) {
    const status = dice.chance(60) ? scene.status() : scene.task.status;
    body.move = { ...(status !== scene.task.status || dice.chance(20) ? { status_id: status.id } : {}), ...placeOf(scene, dice, status) };
  }
  if (dice.chance(8)) body.archived = dice.chance(60);
  if (dice.chance(8)) body.checklist = [...dice.some(scene.task.checklist, 3).map(each => ({ ...itemOf(dice), id: each.id })), itemOf(dice)];
  return body;
}

const post = (path, body) => ({ method: 'POST', path, body });
const patch = (path, body) => ({ method: 'PATCH', path, body });
const remove = (path, body) => ({ method: 'DELETE', path, body });
const get = (path, query) => ({ method: 'GET', path, query });
/** Of one of these things; of none where there are none. */
const idIn = (dice, things) => dice.pick(things)?.id ?? nobody;
const limited = (dice, query = {}) => ({ ...query, ...chosen(dice, { limit: () => dice.pick(['500', '1', '3', '0', '501', 'many']) }, 30) });

function listQuery(scene, dice) {
  const query = limited(dice, chosen(dice, {
    status_id: () => scene.status().id, label_id: () => idIn(dice, scene.project.labels), assignee_id: () => scene.personId(),
    priority: () => dice.pick(priorities), archived: () => dice.pick(['any', 'true', 'false']), sort: () => dice.pick(['', '-']) + dice.pick(sorts),
  }, 25));
  // A task in the trash keeps its place, which no answer shows.
  const places = /changed|position/.test(query.sort ?? 'position') ? scene.tasks.filter(task => !task.deleted_at) : scene.tasks;
  if (dice.chance(30) && places.length) query.cursor = dice.pick(places).id;
  return query;
}

/** By name: how often, of a thousand, and the call; none when there is nothing to call it about. */
const kinds = {
  createTask: [130, (s, d) => s.project && post(`${s.projectPath()}/tasks`, newTask(s, d))],
  changeTask: [170, (s, d) => s.task && s.project && patch(s.taskPath(), taskChange(s, d))],
  findTask: [80, s => s.task && get(s.taskPath())],
  deleteTask: [30, s => s.task && remove(s.taskPath())],
  restoreTask: [25, s => s.task && post(`${s.taskPath()}/restoration`)],
  changeTasks: [30, (s, d) => s.task && s.project && patch(`${s.base}/tasks`, { ids: [s.task.id, ...d.some(s.tasks, 4).map(each => each.id)], change: taskChange(s, d) })],
  createItem: [20, (s, d) => s.task && post(`${s.taskPath()}/checklist`, itemOf(d))],
  changeItem: [15, (s, d) => s.task && patch(`${s.taskPath()}/checklist/${idIn(d, s.task.checklist)}`, chosen(d, { done: () => d.chance(50), text: () => lineOf(d), list: () => d.pick(words) }, 50))],
  deleteItem: [8, (s, d) => s.task && remove(`${s.taskPath()}/checklist/${idIn(d, s.task.checklist)}`)],
  createLink: [10, (s, d) => s.task && post(`${s.taskPath()}/links`, linkOf(d))],
  deleteLink: [6, (s, d) => s.task && remove(`${s.taskPath()}/links/${idIn(d, s.task.links)}`)],
  createComment: [35, (s, d) => s.task && post(`${s.taskPath()}/comments`, { body: d.pick([textOf(d), `${textOf(d)}\n${textOf(d)}`, ' \n']) })],
  changeComment: [15, (s, d) => s.task && patch(`${s.taskPath()}/comments/${idIn(d, s.task.comments)}`, { body: textOf(d) })],
  deleteComment: [10, (s, d) => s.task && remove(`${s.taskPath()}/comments/${idIn(d, s.task.comments)}`)],
  restoreComment: [8, (s, d) => s.task && post(`${s.taskPath()}/comments/${idIn(d, s.task.comments)}/restoration`)],
  findComment: [8, (s, d) => s.task && get(`${s.taskPath()}/comments/${idIn(d, s.task.comments)}`)],
  listComments: [15, (s, d) => s.task && get(`${s.taskPath()}/comments`, limited(d, d.chance(20) ? { cursor: idIn(d, s.task.comments) } : {}))],
  listTasks: [80, (s, d) => s.project && get(`${s.projectPath()}/tasks`, listQuery(s, d))],
  findBoard: [45, s => s.project && get(`${s.projectPath()}/board`)],
  listMyTasks: [15, (s, d) => get('/me/tasks', limited(d))],
  listTrash: [10, s => s.workspace && get(`${s.base}/trash`, { limit: '500' })],
  listChanges: [20, (s, d) => s.workspace && get(`${s.base}/changes`, limited(d, { after: String(Math.max(0, s.workspace.changes.length - d.below(60))) }))],
  search: [35, (s, d) => s.workspace && get(`${s.base}/search`, { q: d.chance(15) ? (s.task?.key ?? 'NO-1') : `${d.pick(words)}${d.chance(20) ? ` ${d.pick(words)}` : ''}`, limit: '100' })],
  createProject: [8, (s, d) => s.workspace && post(`${s.base}/projects`, { name: lineOf(d), ...chosen(d, { key: () => d.pick(['WEB', 'OPS', 'A2', 'web', 'TOOLONGKEY']), color: () => d.pick(colors), description: () => textOf(d) }) })],
  changeProject: [10, (s, d) => s.project && patch(s.projectPath(), chosen(d, { name: () => lineOf(d), key: () => d.pick(['WEB', 'OPS', 'NEW']), color: () => d.pick(colors), description: () => textOf(d), archived: () => d.chance(30) }))],
  openProject: [8, s => s.project?.archived_at && patch(s.projectPath(), { archived: false })],
  deleteProject: [2, s => s.projects.length > 1 && remove(s.projectPath())],
  findProject: [12, s => s.project && get(s.projectPath())],
  listProjects: [8, (s, d) => s.workspace && get(`${s.base}/projects`, limited(d, { ...chosen(d, { archived: () => d.pick(['any', 'true', 'false']) }), ...(d.chance(10) ? { cursor: s.project?.id ?? nobody } : {}) }))],
  createStatus: [6, (s, d) => s.project && post(`${s.projectPath()}/statuses`, { name: lineOf(d), color: d.pick(colors), group: d.pick(groups), ...chosen(d, { position: () => d.pick([0, 1, 2, 99, -5]) }) })],
  changeStatus: [12, (s, d) => s.project && patch(`${s.projectPath()}/statuses/${s.status().id}`, chosen(d, { name: () => lineOf(d), color: () => d.pick(colors), group: () => d.pick(groups), position: () => d.pick([0, 1, 2, 99, -5]) }))],
  deleteStatus: [6, (s, d) => s.project && { ...remove(`${s.projectPath()}/statuses/${s.status().id}`), query: d.chance(70) ? { move_to: s.status().id } : {} }],
  findStatus: [4, s => s.project && get(`${s.projectPath()}/statuses/${s.status().id}`)],
  listStatuses: [6, s => s.project && get(`${s.projectPath()}/statuses`)],
  createLabel: [10, (s, d) => s.project && post(`${s.projectPath()}/labels`, { name: lineOf(d), color: d.pick(colors) })],
  changeLabel: [5, (s, d) => s.project && patch(`${s.projectPath()}/labels/${idIn(d, s.project.labels)}`, chosen(d, { name: () => lineOf(d), color: () => d.pick(colors) }))],
  deleteLabel: [4, (s, d) => s.project && remove(`${s.projectPath()}/labels/${idIn(d, s.project.labels)}`)],
  findLabel: [3, (s, d) => s.project && get(`${s.projectPath()}/labels/${idIn(d, s.project.labels)}`)],
  listLabels: [4, s => s.project && get(`${s.projectPath()}/labels`)],
  createWorkspace: [2, (s, d) => s.model.workspaces.size < 3 && post('/workspaces', { name: lineOf(d) })],
  changeWorkspace: [5, (s, d) => s.workspace && patch(s.base, chosen(d, { name: () => lineOf(d) }, 80))],
  closeWorkspace: [1, (s, d) => s.model.workspaces.size > 1 && remove(s.base, { name: d.chance(70) ? s.workspace.name : 'another' })],
  findWorkspace: [6, s => s.workspace && get(s.base)],
  listWorkspaces: [4, () => get('/workspaces', { limit: '500' })],
  listMembers: [8, (s, d) => s.workspace && get(`${s.base}/members`, d.chance(20) ? limited(d) : {})],
  listPeople: [5, s => s.workspace && get(`${s.base}/people`)],
  changeMember: [10, (s, d) => s.workspace && patch(`${s.base}/members/${s.personId()}`, { role: d.pick(roles) })],
  removeMember: [4, s => s.workspace && remove(`${s.base}/members/${s.personId()}`)],
  createInvitation: [8, (s, d) => s.workspace && post(`${s.base}/invitations`, { role: d.pick(roles) })],
  listInvitations: [3, s => s.workspace && get(`${s.base}/invitations`)],
  revokeInvitation: [2, (s, d) => s.workspace && remove(`${s.base}/invitations/${idIn(d, s.workspace.invitations)}`)],
  lookUpInvitation: [2, (s, d) => s.workspace && post('/invitations/lookup', { token: d.pick(s.workspace.invitations)?.token ?? 'none' })],
  acceptInvitation: [9, (s, d) => s.workspace && { ...post('/invitations/accept', { token: d.pick(s.workspace.invitations)?.token ?? 'none' }), by: d.pick(s.people) }],
  findMe: [4, () => get('/me')],
  changeMe: [3, (s, d) => patch('/me', { name: `${d.pick(['Mia', 'Noor', 'Juan'])} ${d.pick(words)}` })],
  listSessions: [2, () => get('/sessions')],
  // One session of each person is never ended: the next sequence begins with it.
  endSession: [1, (s, d) => remove(`/sessions/${idIn(d, s.me.sessions.slice(1))}`)],
  createSession: [0.6, (s, d) => post('/sessions', { email: d.chance(80) ? s.me.email.toUpperCase() : 'nobody@dialpine.example', password: d.chance(80) ? s.me.password : 'wrong password' })],
  createAccount: [0.6, (s, d) => post('/accounts', {
    name: 'Mia Example', email: d.chance(15) ? s.me.email : s.model.newAddress(), password: d.pick(['correct horse battery', 'short']),
    birth_year: d.pick([1990, 1990, 1990, 2020, 1700]), consent: { policy_version: d.chance(10) ? 'none' : s.model.policyVersion },
  })],
};

export const names = Object.keys(kinds);
export const weights = Object.values(kinds).map(([weight]) => weight);

/** The call that the dice mean now; none when there is nothing to call it about. */
export function callOf(model, name, values) {
  const dice = new Dice(values, model.births);
  const scene = new Scene(model, dice);
  const call = kinds[name][1](scene, dice);
  if (!call) return undefined;
  const me = call.by ?? scene.me;
  const session = dice.chance(90) || me.sessions.length === 1 ? me.sessions[0] : dice.pick(me.sessions);
  call.token = dice.chance(1) ? 'a-session-that-has-ended' : session.token;
  return dress(model, call, dice);
}

/** Headers, and now and then something wrong. */
function dress(model, call, dice) {
  const isRead = call.method === 'GET';
  const hasBody = call.body !== undefined;
  if (hasBody && dice.chance(5)) spoil(call, dice);
  if (hasBody) call.text = dice.chance(1) ? dice.pick(['', '{', '{"name": "\\ud800"', 'null', '[]', '"text"']) : JSON.stringify(call.body);
  if (hasBody && dice.chance(1)) call.type = 'text/plain';
  if (call.method === 'POST' && dice.chance(40)) call.key = dice.chance(5) ? 'used-again' : `key-${dice.roll()}-${dice.roll()}`;
  const tags = model.tagsOf.get(call.path) ?? [];
  const tag = dice.chance(70) ? tags.at(-1) : dice.pick([...tags, '"000000000000000000000000"', '*']);
  if (isRead && !/sessions|search/.test(call.path) && dice.chance(25)) call.noneMatch = tag;
  if (isRead && /\/tasks\/[^/]+$/.test(call.path) && dice.chance(10)) call.method = 'HEAD';
  if (isRead && dice.chance(30)) call.packed = true;
  if ((call.method === 'PATCH' || call.method === 'DELETE') && dice.chance(20)) call.match = tag;
  if (!isRead && dice.chance(1)) call.origin = 'https://elsewhere.example';
  return call;
}

function spoil(call, dice) {
  const body = structuredClone(call.body);
  const inner = body.change && dice.chance(50) ? body.change : body;
  const members = Object.keys(inner);
  const name = members.length ? dice.pick(members) : 'nonsense';
  if (dice.chance(15)) inner.nonsense = 1;
  else if (dice.chance(20)) delete inner[name];
  else inner[name] = dice.pick(wrongValues);
  call.body = body;
}
