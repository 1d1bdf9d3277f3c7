/**
 * What a body or a query may hold, and which pointers are wrong in one that does not fit. Written from the API's
 * description, not from the program.
 */
export const colors = ['red', 'orange', 'amber', 'lime', 'green', 'teal', 'sky', 'blue', 'violet', 'pink', 'gray'];
export const groups = ['backlog', 'unstarted', 'started', 'completed', 'cancelled'];
export const priorities = ['none', 'low', 'medium', 'high', 'urgent'];
export const roles = ['guest', 'member', 'admin', 'owner'];
export const sorts = ['position', 'due', 'created', 'changed', 'title', 'priority'];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const control = /[\u0000-\u001f\u007f-\u009f]/;
const controlButTabAndLine = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const invisible = /^[\p{Zs}\p{Zl}\p{Zp}\p{Cf}]*$/u;

export const isId = text => uuid.test(text);
/** A task in a path: an id, or a key such as WEB-12. */
export const isTaskReference = text => isId(text) || /^.*-\d{1,11}$/.test(text);
const trim = text => text.replace(/^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$/g, '');

// A kind reads a value: it gives what is kept, or notes its pointer in `wrong`.
const text = accepts => (value, pointer, wrong) => {
  if (typeof value !== 'string' || !accepts(value)) wrong.push(pointer);
  return value;
};
const line = most => (value, pointer, wrong) => {
  const kept = typeof value === 'string' ? trim(value) : value;
  if (typeof value !== 'string' || invisible.test(kept) || control.test(kept) || [...kept].length > most) wrong.push(pointer);
  return kept;
};
const prose = most => (value, pointer, wrong) => {
  const kept = typeof value === 'string' ? value.replaceAll('\r', '') : value;
  if (typeof value !== 'string' || controlButTabAndLine.test(kept) || Buffer.byteLength(kept) > most) wrong.push(pointer);
  return kept;
};
const plain = text(() => true);
const id = text(isId);
const oneOf = names => text(value => names.includes(value));
const key = text(value => /^[A-Z][A-Z0-9]{1,7}$/.test(value));
const email = text(value => /^[^@\s]+@[^@\s.][^@\s]*$/.test(value));
const url = text(value => /^(https?:\/\/|mailto:)/.test(value) && value.length <= 2000);
const day = text(value => /^\d{4}-\d\d-\d\d$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value);
const instant = (value, pointer, wrong) => {
  const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) ? new Date(value) : undefined;
  if (!at || Number.isNaN(at.getTime()) || at.toJSON().slice(0, 10) !== value.slice(0, 10)) wrong.push(pointer);
  else return at.toJSON();
  return value;
};
const truth = (value, pointer, wrong) => {
  if (typeof value !== 'boolean') wrong.push(pointer);
  return value;
};
const whole = (value, pointer, wrong) => {
  if (!Number.isInteger(value)) wrong.push(pointer);
  return value;
};
const wholeFrom = (least, most) => (value, pointer, wrong) => {
  if (!Number.isInteger(value) || value < least || value > most) wrong.push(pointer);
  return value;
};
const list = kind => (value, pointer, wrong) => {
  if (!Array.isArray(value) || value.length > 1000) wrong.push(pointer);
  else return value.map((each, i) => kind(each, `${pointer}/${i}`, wrong));
  return value;
};
const orNull = kind => (value, pointer, wrong) => (value === null ? null : kind(value, pointer, wrong));

/** Members: those whose name ends in `!` must be there. */
const form = members => {
  const kinds = new Map(Object.entries(members).map(([name, kind]) => [name.replace('!', ''), kind]));
  const needed = Object.keys(members).filter(name => name.endsWith('!')).map(name => name.slice(0, -1));
  return (value, pointer, wrong) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      wrong.push(pointer);
      return value;
    }
    const kept = {};
    for (const name of needed) if (!(name in value)) wrong.push(`${pointer}/${name}`);
    for (const [name, each] of Object.entries(value)) {
      const kind = kinds.get(name);
      if (kind) kept[name] = kind(each, `${pointer}/${name}`, wrong);
      else wrong.push(`${pointer}/${name}`);
    }
    return kept;
  };
};

const name = line(120);
const color = oneOf(colors);

/** Members of a task that are kept as they are said, or empty: what they may be, and what is tried. */
export const plainFields = {
  start_on: { kind: day, tried: ['2026-01-09', '2026-01-10', '2026-02-28', '2027-12-31', '2024-02-29'] },
  due_at: { kind: instant, tried: ['2026-01-10T00:00:00Z', '2026-01-10T00:00:00.001Z', '2026-03-01T12:30:00.5Z', '2026-12-31T23:59:59.999Z'] },
  cover: { kind: color, tried: colors },
  estimate_minutes: { kind: wholeFrom(1, 100_000), tried: [1, 90, 480, 100_000, 0, 100_001, 1.5, '60'] },
};
const plainKinds = Object.fromEntries(Object.entries(plainFields).map(([field, { kind }]) => [field, orNull(kind)]));
const checklistItem = { 'text!': line(500), done: orNull(truth), list: orNull(prose(200)) };
const taskChange = {
  title: line(500), description: prose(100_000), status_id: id, priority: oneOf(priorities), assignee_ids: list(id),
  label_ids: list(id), ...plainKinds,
  checklist: list(form({ id: orNull(id), ...checklistItem })), archived: truth,
  move: form({ status_id: orNull(id), after_id: orNull(id), before_id: orNull(id) }), keep_sensitive: truth,
};
const newLink = { title: orNull(line(500)), 'url!': url };

export const forms = {
  account: form({
    'name!': name, 'email!': email, 'password!': plain, 'birth_year!': whole,
    'consent!': form({ 'policy_version!': plain }), invitation: orNull(plain),
  }),
  credentials: form({ 'email!': email, 'password!': plain, code: orNull(plain) }),
  me: form({ name, email, password: plain, current_password: plain }),
  named: form({ 'name!': name }),
  workspaceChange: form({ name }),
  closing: form({ 'name!': plain }),
  invitation: form({ 'role!': oneOf(roles), person_id: orNull(id) }),
  token: form({ 'token!': plain }),
  member: form({ 'role!': oneOf(roles) }),
  project: form({ 'name!': name, key: orNull(key), team_id: orNull(id), color: orNull(color), description: orNull(prose(100_000)) }),
  projectChange: form({ name, key, team_id: orNull(id), color, description: prose(100_000), archived: truth }),
  status: form({ 'name!': name, 'color!': color, 'group!': oneOf(groups), position: orNull(whole) }),
  statusChange: form({ name, color, group: oneOf(groups), position: whole }),
  label: form({ 'name!': name, 'color!': color }),
  labelChange: form({ name, color }),
  task: form({
    'title!': line(500), description: orNull(prose(100_000)), status_id: orNull(id), assignee_ids: orNull(list(id)),
    label_ids: orNull(list(id)), priority: orNull(oneOf(priorities)), ...plainKinds,
    checklist: orNull(list(form({ ...checklistItem, keep_sensitive: orNull(truth) }))),
    links: orNull(list(form(newLink))), after_id: orNull(id), before_id: orNull(id), keep_sensitive: orNull(truth),
  }),
  taskChange: form(taskChange),
  tasksChange: form({ 'ids!': list(id), 'change!': form(taskChange) }),
  checklistItem: form({ ...checklistItem, keep_sensitive: orNull(truth) }),
  checklistItemChange: form({ text: line(500), done: truth, list: prose(200), keep_sensitive: truth }),
  link: form(newLink),
  comment: form({ 'body!': prose(20_000), keep_sensitive: orNull(truth) }),
  commentChange: form({ body: prose(20_000), keep_sensitive: truth }),
};

const number = text(value => /^\d{1,9}$/.test(value));
const page = { limit: number, cursor: plain };
/** Members of queries, whose pointers are `?name`. */
export const queries = {
  none: {},
  page,
  projects: { ...page, archived: oneOf(['false', 'true', 'any']) },
  tasks: {
    status_id: id, label_id: id, assignee_id: id, priority: oneOf(priorities), archived: oneOf(['false', 'true', 'any']),
    sort: text(value => sorts.includes(value.replace(/^-/, ''))), limit: number, cursor: id,
  },
  comments: { limit: number, cursor: id },
  changes: { after: number, limit: number },
  removal: { move_to: id },
  search: { q: prose(1000), limit: number, cursor: number },
};

/** The query's members. Notes the pointers of those that are wrong. */
export function readQuery(members, query, wrong) {
  const kept = {};
  for (const [member, value] of Object.entries(query)) {
    const kind = members[member];
    if (kind) kept[member] = kind(value, `?${member}`, wrong);
    else wrong.push(`?${member}`);
  }
  if ('limit' in kept) kept.limit = Number(kept.limit);
  return kept;
}
