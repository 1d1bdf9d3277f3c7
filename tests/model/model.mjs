import { boardRoutes } from './board.mjs';
import { forms, isId, isTaskReference, queries, readQuery, roles } from './forms.mjs';
import { peopleRoutes } from './people.mjs';
import { projectRoutes } from './projects.mjs';
import { conflict, forbidden, invalid, notFound, Refusal } from './refusal.mjs';
import { taskRoutes } from './tasks.mjs';
import { compare, Moment } from './unknown.mjs';

const routes = [...peopleRoutes, ...projectRoutes, ...taskRoutes, ...boardRoutes].map(([method, path, needs, details, handler]) => ({
  method, needs, handler, path, parts: path.split('/'), status: method === 'POST' ? 201 : 200, ...details,
}));

function routeOf(method, path) {
  const parts = path.split('/');
  for (const route of routes) {
    if (route.method !== method || route.parts.length !== parts.length) continue;
    if (!route.parts.every((part, i) => part[0] === ':' || part === parts[i])) continue;
    const values = {};
    route.parts.forEach((part, i) => part[0] === ':' && (values[part.slice(1)] = decodeURIComponent(parts[i])));
    return { route, values };
  }
  throw new Error(`the model knows no ${method} ${path}`);
}

/** What everybody sees, of one sequence: a small DialPine in memory. It learns from answers only what it cannot know. */
export class Model {
  /** `people` live longer than a sequence: their accounts are not made anew for each. */
  constructor(people, policyVersion) {
    Object.assign(this, { people, policyVersion });
    this.workspaces = new Map();
    this.kept = new Map(); // first answers by person, path and Idempotency-Key
    this.tags = new Map(); // what an entity tag stands for
    this.tagsOf = new Map(); // tags by path, the newest last
    this.births = new Map(); // by id, which step of the sequence made it
    this.mark = 0;
  }

  personOf = token => this.people.find(person => person.sessions.some(session => session.token === token));
  person = id => this.people.find(person => person.id === id);

  /**
   * What is wrong with an answer: sentences, none when it is right. What the call does is done to the model. `seen` has `status`,
   * `headers`, `text`, `body`, and when it was asked and answered (`from`, `to`); one that was found out after a kill is `recovered`.
   */
  judge(call, seen) {
    const wrong = [];
    const expected = this.expect(call, seen, wrong);
    const said = seen.body?.type === undefined ? '' : ` (${seen.body.type.slice(10)}: ${seen.body.detail})`;
    if (expected.status !== seen.status) return [`status ${seen.status}${said} instead of ${expected.status} ${expected.name ?? ''}`];
    if (call.method === 'HEAD' && seen.status >= 400) return wrong;
    if (seen.status >= 400) this.judgeProblem(expected, seen, wrong);
    else if (expected.text !== undefined) {
      if (expected.text !== seen.text) wrong.push(`another answer than the first time: ${seen.text}`);
    } else if (seen.status !== 204 && seen.status !== 304 && call.method !== 'HEAD') {
      const order = expected.unordered ? sorted : body => body;
      compare(order(expected.body), order(seen.body), 'body', wrong);
    }
    if (!seen.recovered && seen.status < 300) this.judgeHeaders(call, expected, seen, wrong);
    return wrong;
  }

  expect(call, seen, wrong) {
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    const { route, values } = routeOf(method, call.path);
    const context = { model: this, call, seen, values, route, now: later => new Moment(seen, later) };
    context.newId = said => this.newId(said, seen, wrong);
    try {
      this.admit(context);
      this.read(context);
      return this.answer(context);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return refusal;
    }
  }

  /** Who asks, and whether they may. */
  admit(context) {
    const { route, values, call } = context;
    context.me = this.personOf(call.token);
    if (call.origin && route.method !== 'GET' && (context.me || route.needs === 'nothing')) throw new Refusal(403, 'cross-site');
    if (route.needs === 'nothing') return;
    if (!context.me) throw new Refusal(401, 'not-signed-in');
    if (route.needs === 'account') return;
    context.workspace = this.workspaces.get(values.workspace);
    const membership = context.workspace?.members.get(context.me.id);
    if (!membership || membership.ended) throw notFound();
    context.role = membership.role;
    if (roles.indexOf(membership.role) < roles.indexOf(route.needs)) throw forbidden();
  }

  /** What the path, the query and the body say. */
  read(context) {
    const { route, values, call } = context;
    const isRead = route.method === 'GET';
    if (!isRead && call.type && !call.type.startsWith('application/json')) throw new Refusal(415, 'unsupported-media-type');
    for (const [name, value] of Object.entries(values)) {
      const isRight = name === 'task' ? isTaskReference(value) : isId(value) || (name === 'session' && value === 'current');
      if (!isRight) throw notFound();
    }
    const wrong = [];
    if (route.query) context.query = readQuery(queries[route.query], call.query ?? {}, wrong);
    if (route.body) {
      let body;
      try {
        body = JSON.parse(call.text);
      } catch {
        throw new Refusal(400, 'not-json');
      }
      context.wish = forms[route.body](body, '', wrong);
    }
    if (wrong.length) throw invalid(...wrong);
  }

  answer(context) {
    const { route, call, me } = context;
    const key = route.status === 201 && me && call.key ? `${me.id} ${call.path} ${call.key}` : undefined;
    const first = key && this.kept.get(key);
    if (first) {
      if (first.asked !== call.text) throw conflict('idempotency-key-reused');
      return first.answer;
    }
    if (call.match && route.method !== 'GET') this.checkMatch(context);
    const given = route.handler(context) ?? {};
    if (route.method === 'GET' && call.noneMatch && given.tagged !== false) {
      const verdict = given.isSame ? given.isSame(call.noneMatch) : this.names(call.noneMatch, given.body);
      if (verdict === 'either' ? context.seen.status === 304 : verdict) return { status: 304 };
    }
    const expected = { status: given.body === undefined ? 204 : route.status, ...given };
    if (key && context.seen.status === expected.status)
      this.kept.set(key, { asked: call.text, answer: { status: 201, text: context.seen.text, location: expected.location ?? this.place(call, expected) } });
    return expected;
  }

  names = (tag, body) => tag === '*' || this.tags.get(tag) === JSON.stringify(body);

  checkMatch(context) {
    const reading = routes.find(route => route.method === 'GET' && route.path === context.route.path);
    if (!reading) return;
    const current = reading.handler({ ...context, query: {} }).body;
    if (!this.names(context.call.match, current)) throw new Refusal(412, 'changed-meanwhile', [], { current });
  }

  judgeProblem(expected, seen, wrong) {
    compare(`/problems/${expected.name}`, seen.body?.type, 'type', wrong);
    compare([...expected.pointers].sort(), (seen.body?.errors ?? []).map(each => each.pointer).sort(), 'pointers', wrong);
    for (const [name, value] of Object.entries(expected.extra)) compare(value, seen.body[name], name, wrong);
    if (!seen.headers['content-type']?.startsWith('application/problem+json')) wrong.push('the refusal is no problem+json');
  }

  place = (call, expected) => `/api/v1${call.path}/${expected.body?.id}`;

  judgeHeaders(call, expected, seen, wrong) {
    if (seen.status === 201) compare(expected.location ?? this.place(call, expected), seen.headers.location, 'Location', wrong);
    if (seen.status === 204 || expected.tagged === false) return;
    const tag = seen.headers.etag;
    if (!/^"[0-9a-f]{24}"$/.test(tag)) return wrong.push(`the entity tag is ${tag}`);
    if (expected.text !== undefined) return;
    const text = JSON.stringify(expected.body);
    if (this.tags.has(tag) && this.tags.get(tag) !== text) wrong.push(`the entity tag ${tag} stands for two answers`);
    if (call.method === 'HEAD') return;
    this.tags.set(tag, text);
    expected.seenTag?.(tag);
    const place = seen.status === 201 ? seen.headers.location.slice('/api/v1'.length) : call.path;
    const known = this.tagsOf.get(place) ?? [];
    if (known.at(-1) !== tag) this.tagsOf.set(place, [...known.slice(-3), tag]);
  }

  newId(said, seen, wrong) {
    if (seen.status >= 300) return said;
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(said)) wrong.push(`${said} is no new id`);
    if (this.births.has(said)) wrong.push(`the id ${said} is given for the second time`);
    this.births.set(said, (this.mark = Math.imul(this.mark ^ 0x5bd1e995, 0x01000193)));
    return said;
  }
}

const sorted = body => ({ ...body, items: [...body.items].sort((a, b) => (a.id < b.id ? -1 : 1)) });
