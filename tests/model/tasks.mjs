/** Tasks with what is on them, as the model keeps them. */
import { plainFields } from './forms.mjs';
import { compareText, cut, tell } from './people.mjs';
import { append, openProject, openProjectIn, put, within } from './projects.mjs';
import { conflict, forbidden, invalid, notFound } from './refusal.mjs';

const plainOf = task => Object.fromEntries(Object.keys(plainFields).map(name => [name, task[name] ?? null]));
export const commentsOf = task => task.comments.filter(each => !each.deleted);

export function taskOf(task) {
  return {
    id: task.id, workspace_id: task.project.workspace.id, project_id: task.project.id, key: task.key, number: task.number,
    title: task.title, description: task.description, status_id: task.status.id, position: task.position, priority: task.priority,
    assignee_ids: [...task.assignees].sort(), label_ids: [...task.labels].sort(), ...plainOf(task),
    completed_at: task.completed_at, archived_at: task.archived_at, checklist: task.checklist, links: task.links,
    fields: [], comment_count: commentsOf(task).length, attachment_count: 0, created_at: task.created_at, created_by: task.created_by,
    changed_at: task.changed_at, changed_by: task.changed_by,
  };
}

/** The task of the path. */
export function taskIn({ workspace, values }, { withDeleted = false } = {}) {
  const task = workspace.tasks.get(values.task) ?? [...workspace.tasks.values()].find(each => each.key === values.task.toUpperCase());
  if (!task || (task.deleted_at && !withDeleted)) throw notFound();
  return task;
}
function openTask(context, options) {
  const task = taskIn(context, options);
  openProject(task.project);
  return task;
}

function statusFor(project, id, pointer) {
  if (id) {
    const status = project.statuses.find(each => each.id === id);
    if (!status) throw invalid(pointer);
    return status;
  }
  const ofGroup = group => project.statuses.find(each => each.group === group);
  return ofGroup('unstarted') ?? ofGroup('backlog') ?? project.statuses[0];
}

/** The one beside which a task shall stand. */
function neighbourFor(workspace, task, status, wish) {
  const side = wish.after_id ? 'after_id' : 'before_id';
  if (!wish[side]) return undefined;
  if (wish[side] === task?.id) throw invalid(`/move/${side}`);
  const neighbour = workspace.tasks.get(wish[side]);
  if (!neighbour || neighbour.deleted_at || neighbour.status !== status) throw conflict('changed-meanwhile');
  return { task: neighbour, beyond: wish.after_id ? 1 : 0 };
}
function putBeside(task, status, neighbour) {
  if (neighbour) put(task, status, status.column.indexOf(neighbour.task) + neighbour.beyond);
  else append(task, status);
}

const dayLength = 24 * 3600 * 1000;
function checkDays(start, due) {
  if (start && due && Date.parse(start) > Math.ceil(Date.parse(due) / dayLength) * dayLength) throw invalid('/start_on');
}

function checkAssignees(workspace, ids = []) {
  ids.forEach((id, i) => {
    if (!workspace.members.has(id)) throw invalid(`/assignee_ids/${i}`);
  });
}
function checkLabels(project, ids = []) {
  ids.forEach((id, i) => {
    if (!project.labels.some(each => each.id === id)) throw invalid(`/label_ids/${i}`);
  });
}

const newItem = (wish, id) => ({ id, text: wish.text, done: wish.done ?? false, list: wish.list ?? '' });

function enter(task, status, now) {
  if (status.group !== 'completed') task.completed_at = null;
  else task.completed_at ??= now();
}

/** Written as changed now, and told. */
function save(context, task, kind) {
  task.changed_at = context.now();
  task.changed_by = context.me.id;
  tell(context, context.workspace, kind, task.id, { task });
}

function createTask(context) {
  const { workspace, wish, seen, newId, now, me } = context;
  const project = openProjectIn(context);
  const status = statusFor(project, wish.status_id, '/status_id');
  const neighbour = neighbourFor(workspace, undefined, status, wish);
  checkDays(wish.start_on, wish.due_at);
  checkAssignees(workspace, wish.assignee_ids ?? []);
  checkLabels(project, wish.label_ids ?? []);
  const said = seen.body ?? {};
  const task = {
    project, id: newId(said.id), number: project.next++, title: wish.title, description: wish.description ?? '',
    priority: wish.priority ?? 'none', assignees: new Set(wish.assignee_ids), labels: new Set(wish.label_ids), ...plainOf(wish),
    completed_at: null, archived_at: null, deleted_at: null,
    checklist: (wish.checklist ?? []).map((each, i) => newItem(each, newId(said.checklist?.[i]?.id))),
    links: (wish.links ?? []).map((each, i) => newLink(each, newId(said.links?.[i]?.id))), comments: [], created_at: now(), created_by: me.id,
    get key() {
      return `${project.key}-${this.number}`;
    },
  };
  putBeside(task, status, neighbour);
  enter(task, status, now);
  workspace.tasks.set(task.id, task);
  save(context, task, 'task.created');
  return { body: taskOf(task), location: `/api/v1/workspaces/${workspace.id}/tasks/${task.id}` };
}

/** Where a change puts the task, if anywhere. Throws what is wrong with the change. */
function planOf(workspace, task, change) {
  let status = task.status;
  let isPlaced = false;
  let neighbour;
  if (change.status_id !== undefined && change.status_id !== status.id) {
    status = statusFor(task.project, change.status_id, '/status_id');
    isPlaced = true;
  }
  if (change.move) {
    if (change.move.status_id) status = statusFor(task.project, change.move.status_id, '/move/status_id');
    neighbour = neighbourFor(workspace, task, status, change.move);
    isPlaced = true;
  }
  checkAssignees(workspace, change.assignee_ids);
  checkLabels(task.project, change.label_ids);
  (change.checklist ?? []).forEach((each, i) => {
    if (each.id && !task.checklist.some(item => item.id === each.id)) throw invalid(`/checklist/${i}/id`);
  });
  const or = (name, before) => (change[name] === undefined ? before : change[name]);
  checkDays(or('start_on', task.start_on), or('due_at', task.due_at));
  return { status, isPlaced, neighbour };
}

/** A task that goes to another status and from there on to a third may be completed on its way, and is not in the end. */
function apply(context, task, change, said) {
  const { workspace, now, newId } = context;
  const { status, isPlaced, neighbour } = planOf(workspace, task, change);
  for (const name of ['title', 'description', 'priority', ...Object.keys(plainFields)]) if (name in change) task[name] = change[name];
  if (change.archived !== undefined && change.archived !== Boolean(task.archived_at)) task.archived_at = change.archived ? now() : null;
  if (isPlaced) {
    const passed = task.project.statuses.find(each => each.id === change.status_id);
    if (passed && passed !== task.status) enter(task, passed, now);
    task.status.column.splice(task.status.column.indexOf(task), 1);
    if (status !== (passed ?? task.status)) enter(task, status, now);
    putBeside(task, status, neighbour);
  }
  if (change.assignee_ids) task.assignees = new Set(change.assignee_ids);
  if (change.label_ids) task.labels = new Set(change.label_ids);
  if (change.checklist) {
    const kept = change.checklist.filter((each, i) => !each.id || !change.checklist.slice(i + 1).some(later => later.id === each.id));
    task.checklist = kept.map((each, i) => newItem(each, each.id ?? newId(said?.checklist?.[i]?.id)));
  }
  const { move, status_id, keep_sensitive, ...others } = change;
  const isMove = (move !== undefined || status_id !== undefined) && Object.keys(others).length === 0;
  save(context, task, isMove ? 'task.moved' : 'task.changed');
}

function changeTask(context) {
  const task = openTask(context);
  apply(context, task, context.wish, context.seen.body);
  return { body: taskOf(task) };
}

function changeTasks(context) {
  const { workspace, wish, seen } = context;
  if (wish.ids.length < 1 || wish.ids.length > 500) throw invalid('/ids');
  const tasks = wish.ids.map(id => {
    const task = openTask({ workspace, values: { task: id } });
    planOf(workspace, task, wish.change);
    return task;
  });
  return { body: { items: tasks.map((task, i) => (apply(context, task, wish.change, seen.body?.items?.[i]), taskOf(task))), next: null } };
}

function deleteTask(context) {
  const task = openTask(context);
  task.deleted_at = context.now();
  save(context, task, 'task.deleted');
}

function restoreTask(context) {
  const task = openTask(context, { withDeleted: true });
  if (task.deleted_at) {
    task.deleted_at = null;
    save(context, task, 'task.created');
  }
  return { body: taskOf(task) };
}

// ---- checklist and links

const partAdded = (context, task) => ({ body: taskOf(task), location: `/api/v1/workspaces/${context.workspace.id}/tasks/${task.id}` });

function createItem(context) {
  const task = openTask(context);
  task.checklist = [...task.checklist, newItem(context.wish, context.newId(context.seen.body?.checklist?.at(-1)?.id))];
  save(context, task, 'task.changed');
  return partAdded(context, task);
}

function changeItem(context) {
  const { wish, values } = context;
  const task = openTask(context);
  const item = within(task.checklist, values.item);
  const { keep_sensitive, ...fields } = wish;
  task.checklist = task.checklist.map(each => (each === item ? { ...item, ...fields } : each));
  save(context, task, 'task.changed');
  return { body: taskOf(task) };
}

function deletePart(name, value) {
  return context => {
    const task = openTask(context);
    const part = within(task[name], context.values[value]);
    task[name] = task[name].filter(each => each !== part);
    save(context, task, 'task.changed');
    return { body: taskOf(task) };
  };
}

const newLink = (wish, id) => ({ id, title: wish.title ?? wish.url, url: wish.url });
function createLink(context) {
  const task = openTask(context);
  task.links = [...task.links, newLink(context.wish, context.newId(context.seen.body?.links?.at(-1)?.id))];
  save(context, task, 'task.changed');
  return partAdded(context, task);
}

// ---- comments

const commentOf = ({ id, task, author, body, edited, created_at, changed_at }) => ({
  id, task_id: task.id, author_id: author, body, edited, created_at, changed_at,
});

function commentIn(context, { withDeleted = false } = {}) {
  const comment = within(taskIn(context).comments, context.values.comment);
  if (comment.deleted && !withDeleted) throw notFound();
  return comment;
}
function mayRemove({ me, role }, comment) {
  if (comment.author !== me.id && role !== 'admin' && role !== 'owner') throw forbidden();
}

function listComments(context) {
  const { query } = context;
  const comments = commentsOf(taskIn(context)).sort((a, b) => compareText(a.id, b.id));
  const left = query.cursor === undefined ? comments : comments.filter(each => each.id > query.cursor);
  return { body: cut(left.map(commentOf), { limit: query.limit }) };
}

function createComment(context) {
  const { wish, seen, newId, now, me, workspace } = context;
  if (!wish.body.trim()) throw invalid('/body');
  const task = openTask(context);
  const at = now();
  const comment = { id: newId(seen.body?.id), task, author: me.id, body: wish.body, edited: false, deleted: false, created_at: at, changed_at: at };
  task.comments.push(comment);
  tell(context, workspace, 'comment.created', comment.id, { task });
  return { body: commentOf(comment) };
}

function changeComment(context) {
  const { wish, now, me, workspace } = context;
  const comment = commentIn(context);
  if (comment.author !== me.id) throw forbidden();
  if (wish.body !== undefined && wish.body !== comment.body) {
    if (!wish.body.trim()) throw invalid('/body');
    Object.assign(comment, { body: wish.body, edited: true, changed_at: now() });
    tell(context, workspace, 'comment.changed', comment.id, { task: comment.task });
  }
  return { body: commentOf(comment) };
}

function deleteComment(context) {
  const comment = commentIn(context);
  mayRemove(context, comment);
  Object.assign(comment, { deleted: true, changed_at: context.now() });
  tell(context, context.workspace, 'comment.deleted', comment.id, { task: comment.task });
}

function restoreComment(context) {
  const comment = commentIn(context, { withDeleted: true });
  mayRemove(context, comment);
  if (comment.deleted) {
    Object.assign(comment, { deleted: false, changed_at: context.now() });
    tell(context, context.workspace, 'comment.created', comment.id, { task: comment.task });
  }
  return { body: commentOf(comment) };
}

const inWorkspace = '/workspaces/:workspace';
const tasks = `${inWorkspace}/tasks`;
const comments = `${tasks}/:task/comments`;
export const taskRoutes = [
  ['POST', `${inWorkspace}/projects/:project/tasks`, 'member', { body: 'task' }, createTask],
  ['PATCH', tasks, 'member', { body: 'tasksChange' }, changeTasks],
  ['GET', `${tasks}/:task`, 'guest', {}, context => ({ body: taskOf(taskIn(context)) })],
  ['PATCH', `${tasks}/:task`, 'member', { body: 'taskChange' }, changeTask],
  ['DELETE', `${tasks}/:task`, 'member', {}, deleteTask],
  ['POST', `${tasks}/:task/restoration`, 'member', { status: 200 }, restoreTask],
  ['POST', `${tasks}/:task/checklist`, 'member', { body: 'checklistItem' }, createItem],
  ['PATCH', `${tasks}/:task/checklist/:item`, 'member', { body: 'checklistItemChange' }, changeItem],
  ['DELETE', `${tasks}/:task/checklist/:item`, 'member', {}, deletePart('checklist', 'item')],
  ['POST', `${tasks}/:task/links`, 'member', { body: 'link' }, createLink],
  ['DELETE', `${tasks}/:task/links/:link`, 'member', {}, deletePart('links', 'link')],
  ['GET', comments, 'guest', { query: 'comments' }, listComments],
  ['POST', comments, 'guest', { body: 'comment' }, createComment],
  ['GET', `${comments}/:comment`, 'guest', {}, context => ({ body: commentOf(commentIn(context)) })],
  ['PATCH', `${comments}/:comment`, 'guest', { body: 'commentChange' }, changeComment],
  ['DELETE', `${comments}/:comment`, 'guest', {}, deleteComment],
  ['POST', `${comments}/:comment/restoration`, 'guest', { status: 200 }, restoreComment],
];
