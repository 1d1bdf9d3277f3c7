import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { callOf } from './calls.mjs';
import { Model } from './model.mjs';
import { isThere, tasksOf } from './projects.mjs';

/** An answer that is not as the model expects. */
export class Difference extends Error {}

/** How long the search may be behind after a restart or under load, in milliseconds; in a sequence that has differed, not that long. */
const [patience, littlePatience] = [20_000, 1_000];
/** How long any answer may take, where much else runs on the machine. */
const utterPatience = 180_000;
const isLearned = thing => thing === null || thing.value !== undefined;

/** Runs sequences, one after the other, with people of its own. Lanes share a server. */
export class Lane {
  constructor(house, number) {
    Object.assign(this, { house, number });
    this.people = [];
    this.calls = 0;
    this.statuses = new Map();
    this.late = 0;
    this.addresses = 0;
    this.turn = 0;
    this.isEnded = true;
    this.hasDiffered = false;
  }

  /** Made through the API, too, and compared. */
  async signUpPeople() {
    this.renew();
    for (const name of ['Mia', 'Noor', 'Juan', 'Olga', 'Ravi'])
      await this.ask({
        method: 'POST', path: '/accounts',
        body: {
          name: `${name} Example`, email: `${name.toLowerCase()}-${this.number}-${this.house.run}@dialpine.example`, password: 'correct horse battery', birth_year: 1990,
          consent: { policy_version: this.house.policyVersion },
        },
      });
  }

  renew() {
    this.model = new Model(this.people, this.house.policyVersion);
    this.model.isFirst = this.number === 0;
    this.model.newAddress = () => `mia-${this.number}-${this.house.run}-${++this.addresses}@dialpine.example`;
  }

  /** What a sequence before left is put away, also of one that failed in its middle. */
  async putAway() {
    this.people.splice(5);
    for (const person of this.people) {
      const [{ token }, ...others] = person.sessions;
      person.sessions.splice(1);
      for (const { id } of others) await this.send({ method: 'DELETE', path: `/sessions/${id}`, token });
      if (this.isEnded) continue;
      const { items } = (await this.send({ method: 'GET', path: '/workspaces?limit=500', token })).body;
      for (const { id, name, role } of items)
        if (role === 'owner') await this.send({ method: 'DELETE', path: `/workspaces/${id}`, text: JSON.stringify({ name }), token });
        else await this.send({ method: 'DELETE', path: `/workspaces/${id}/members/${person.id}`, token });
    }
    this.isEnded = false;
  }

  /** A workspace with a person of each role and one who is not in it, and a project. */
  async begin() {
    ++this.turn;
    await this.putAway();
    this.renew();
    const [owner, ...others] = this.people;
    const as = (person, method, path, body) => this.ask({ method, path, body, token: person.sessions[0].token });
    const { id } = (await as(owner, 'POST', '/workspaces', { name: 'Model' })).body;
    for (const [i, role] of ['admin', 'member', 'guest'].entries()) {
      const { link } = (await as(owner, 'POST', `/workspaces/${id}/invitations`, { role })).body;
      await as(others[i], 'POST', '/invitations/accept', { token: link.split('#')[1] });
    }
    await this.ask({ method: 'POST', path: `/workspaces/${id}/projects`, body: { name: 'Alder' }, token: owner.sessions[0].token });
  }

  /** One step of a sequence; says what it asks in words, if there is something to ask. */
  async step({ name, dice, kill }, say) {
    this.model.mark = dice[0] * 65_536 + dice[1];
    const call = callOf(this.model, name, dice);
    if (!call) return;
    say(wordsOf(call, this.model) + (kill ? `, and ${kill.signal} after ${kill.after} ms` : ''));
    await this.look(call);
    if (kill) this.house.restart(kill.signal, kill.after);
    await this.ask(call);
  }

  /** A page of a list by times or places is foreseen only when each of its things was seen since it changed. */
  async look(call) {
    const [, project] = /\/projects\/([^/]+)\/tasks$/.exec(call.path) ?? [];
    const workspace = this.model.workspaces.get(call.path.split('/')[2]);
    if (call.path.endsWith('/members') && call.query?.limit && workspace) await this.readAsOwner(workspace, '/members');
    if (call.method !== 'GET' || !workspace?.projects.has(project)) return;
    const unseen = tasksOf(workspace.projects.get(project)).filter(task => isThere(task) && ![task.position, task.changed_at, task.created_at].every(isLearned));
    for (const task of unseen) await this.readAsOwner(workspace, `/tasks/${task.id}`);
  }

  readAsOwner(workspace, path, query) {
    return this.ask({ method: 'GET', path: `/workspaces/${workspace.id}${path}`, query, token: ownerOf(workspace).sessions[0].token });
  }

  /** Asks and compares; throws what is different. */
  async ask(call) {
    call.text ??= call.body === undefined ? undefined : JSON.stringify(call.body);
    if (call.method === 'POST' && call.path === '/workspaces') call.key ??= `key-${this.calls}`;
    const seen = await this.send(call);
    let wrong = this.model.judge(call, seen);
    const end = Date.now() + (this.hasDiffered ? littlePatience : patience);
    if (wrong.length && call.path.endsWith('/search')) ++this.late;
    while (wrong.length && call.path.endsWith('/search') && Date.now() < end) wrong = this.model.judge(call, await this.send(call));
    if (wrong.length) throw new Difference(`${wordsOf(call, this.model)}\n  ${wrong.slice(0, 8).join('\n  ')}`);
    const [, base] = /^(\/workspaces\/[^/]+\/projects)$/.exec(call.method === 'POST' ? call.path : '') ?? [];
    // Its statuses come with it, and are needed for what follows.
    if (base && seen.status === 201) await this.ask({ method: 'GET', path: `${base}/${seen.body.id}/statuses`, token: call.token });
    return seen;
  }

  /** Until it is answered; a call that a restart cut off is found out about first. */
  async send(call) {
    const from = Date.now();
    for (;;) {
      await this.house.isUp();
      const { server } = this.house;
      const ask = () => server.ask(call.method, `/api/v1${call.path}${queryOf(call)}`, { text: call.text, headers: this.headersOf(call), patience: utterPatience });
      const isSpared = /^\/(accounts|sessions)/.test(call.path) && call.method !== 'GET';
      try {
        const answer = await (isSpared ? this.house.spare(ask) : ask());
        ++this.calls;
        this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
        const isPacked = answer.body.length && answer.headers['content-encoding'] === 'gzip';
        const text = (isPacked ? gunzipSync(answer.body) : answer.body).toString();
        return { status: answer.status, headers: answer.headers, text, body: text ? JSON.parse(text) : undefined, from, to: Date.now() };
      } catch (failure) {
        if (server === this.house.server && !this.house.isRestarting) throw failure;
      }
      const found = call.method === 'GET' || call.method === 'HEAD' ? undefined : await this.findOut(call, from);
      if (found) return { headers: {}, recovered: true, from, to: Date.now(), ...found };
    }
  }

  headersOf({ token, type, key, match, noneMatch, origin, packed, text }) {
    const headers = { 'x-forwarded-for': `192.0.2.${1 + (this.calls % 250)}` };
    if (token) headers[origin ? 'cookie' : 'authorization'] = origin ? `__Host-session=${token}` : `Bearer ${token}`;
    if (text !== undefined) headers['content-type'] = type ?? 'application/json';
    if (key) headers['idempotency-key'] = `${this.turn} ${key}`; // one of a sequence before is none of this one
    if (match) headers['if-match'] = match;
    if (noneMatch) headers['if-none-match'] = noneMatch;
    if (packed) headers['accept-encoding'] = 'gzip';
    if (origin) headers.origin = origin;
    return headers;
  }

  /**
   * Whether a call that was cut off was done: the change log says. If so, its answer is made of what it changed; with an Idempotency-Key
   * it is asked again, which must give the first answer.
   */
  async findOut(call, from) {
    const { model } = this;
    if (call.method === 'PATCH' && call.path === '/me') {
      const { body } = await this.send({ method: 'GET', path: '/me', token: call.token });
      return body.changed_at && Date.parse(body.changed_at) >= from ? { status: 200, body } : undefined;
    }
    const [, inWorkspace, id] = call.path.split('/');
    const invited = [...model.workspaces.values()].find(each => each.invitations.some(one => one.token === call.body?.token));
    const workspace = inWorkspace === 'workspaces' ? model.workspaces.get(id) : invited;
    if (isRepeated(call) || !workspace) return undefined;
    const isCreation = call.method === 'POST' && !/restoration|accept/.test(call.path);
    const { token } = ownerOf(workspace).sessions[0];
    const read = async (path, by = token) => {
      const answer = await this.send({ method: 'GET', path, token: by });
      return answer.status < 300 ? answer.body : undefined;
    };
    const base = `/workspaces/${workspace.id}`;
    if (call.method === 'DELETE' && call.path === base) return (await read(base)) ? undefined : { status: 204 };
    const { items } = await read(`${base}/changes?limit=500&after=${workspace.changes.length}`);
    if (call.path.startsWith(`${base}/invitations`)) return this.findInvitation(call, workspace, read);
    if (!items.length) return undefined;
    this.house.noteDone(wordsOf(call, model));
    if (call.method === 'DELETE' && !/\/(checklist|links)\//.test(call.path)) return { status: 204 };
    const [change] = items;
    const task = /\/tasks$/.test(call.path) && call.method === 'PATCH' ? undefined : change.task_id;
    if (call.method === 'PATCH' && call.path === `${base}/tasks`) {
      const found = await Promise.all(items.map(each => read(`${base}/tasks/${each.object_id}`)));
      const isChangedAgain = (task, i) => found.slice(i + 1).some(each => each.id === task.id);
      return { status: 200, body: { items: found.map((task, i) => (isChangedAgain(task, i) ? asIfBetween(task) : task)), next: null } };
    }
    const status = isCreation ? 201 : 200;
    if (change.kind.startsWith('comment')) return { status, body: await read(`${base}/tasks/${task}/comments/${change.object_id}`) };
    if (task) return { status, body: await read(`${base}/tasks/${task}`) };
    if (call.path.endsWith('/accept')) return { status, body: await read(base, call.token) };
    if (change.kind === 'member.changed') {
      const members = await read(`${base}/members?limit=500`, call.token);
      return { status, body: members.items.find(each => each.id === change.object_id) };
    }
    return { status, body: await read(call.method === 'POST' ? `${call.path}/${change.object_id}` : call.path) };
  }

  /** Invitations are in no change log. One whose link was never seen is of no use, so that it is taken back. */
  async findInvitation(call, workspace, read) {
    const { items } = await read(`/workspaces/${workspace.id}/invitations?limit=500`);
    const isOfCall = each => call.path.endsWith(each.id);
    if (call.method === 'DELETE') return workspace.invitations.some(isOfCall) && !items.some(isOfCall) ? { status: 204 } : undefined;
    for (const each of items)
      if (!workspace.invitations.some(known => known.id === each.id))
        await this.send({ method: 'DELETE', path: `/workspaces/${workspace.id}/invitations/${each.id}`, token: ownerOf(workspace).sessions[0].token });
    return undefined;
  }

  /** Everything there is, read once more; then it is closed. */
  async end() {
    for (const workspace of [...this.model.workspaces.values()]) {
      const read = (path, query) => this.readAsOwner(workspace, path, query);
      for (const path of ['', '/members', '/people', '/invitations']) await read(path);
      await read('/trash', { limit: '500' });
      await read('/projects', { archived: 'any', limit: '500' });
      for (const project of workspace.projects.values()) {
        await read(`/projects/${project.id}/board`);
        for (const part of ['statuses', 'labels']) await read(`/projects/${project.id}/${part}`, { limit: '500' });
        for (const task of tasksOf(project).filter(isThere)) if (task.comments.length) await read(`/tasks/${task.id}/comments`, { limit: '500' });
        const list = { method: 'GET', path: `/workspaces/${workspace.id}/projects/${project.id}/tasks`, query: { archived: 'any', limit: '500' } };
        await this.look(list);
        await read(`/projects/${project.id}/tasks`, list.query);
      }
      for (let after = 0; after <= workspace.changes.length; after += 500) await read('/changes', { after: String(after), limit: '500' });
      await this.ask({ method: 'DELETE', path: `/workspaces/${workspace.id}`, body: { name: workspace.name }, token: ownerOf(workspace).sessions[0].token });
    }
    this.isEnded = true;
  }
}

const ownerOf = workspace => [...workspace.members.values()].find(each => !each.ended && each.role === 'owner').person;

/** Asked once more, it gives its first answer. */
const isRepeated = call => Boolean(call.key) && !/(restoration|accept|lookup)$/.test(call.path);

function queryOf({ query }) {
  const text = new URLSearchParams(query ?? {}).toString();
  return text && `?${text}`;
}

/** A task that one call changed twice had items in between that nobody has seen: they had other ids. */
const asIfBetween = task => ({ ...task, checklist: task.checklist.map(item => ({ ...item, id: randomUUID().replace(/^(.{14})4/, '$17') })) });

/** As it is read in a report: people by their names, whom the token belongs to. */
function wordsOf(call, model) {
  const who = model.personOf(call.token);
  const headers = { 'Idempotency-Key': call.key, 'If-Match': call.match, 'If-None-Match': call.noneMatch, 'Content-Type': call.type, Origin: call.origin };
  const said = Object.entries(headers).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return [who?.name ?? 'somebody', call.method, call.path + queryOf(call), call.text ?? '', said.length ? `{${said.join(', ')}}` : ''].filter(Boolean).join(' ');
}
