/** What is read of many things at once: lists, the board, the trash, one's own tasks, the change log, the search. */
import { compareText, cut, cutTo } from './people.mjs';
import { isOpen, isShown, isThere, projectIn, tasksOf } from './projects.mjs';
import { invalid } from './refusal.mjs';
import { commentsOf, taskOf } from './tasks.mjs';
import { Between, Like } from './unknown.mjs';

// ---- the list of a project's tasks

const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const inOrder = ['urgent', 'high', 'medium', 'low', 'none'];
/** What each sort compares. */
const ways = {
  position: (a, b) => compareText(a.position.value, b.position.value),
  due: (a, b) => (a.due_at ? Date.parse(a.due_at) : Infinity) - (b.due_at ? Date.parse(b.due_at) : Infinity) || 0,
  created: (a, b) => compareText(a.created_at.value, b.created_at.value),
  changed: (a, b) => compareText(a.changed_at.value, b.changed_at.value),
  title: (a, b) => byBytes(a.title, b.title),
  priority: (a, b) => inOrder.indexOf(a.priority) - inOrder.indexOf(b.priority),
};

function listTasks(context) {
  const { query } = context;
  const project = projectIn(context);
  const last = query.cursor === undefined ? undefined : tasksOf(project).find(task => task.id === query.cursor);
  if (query.cursor !== undefined && !last) throw invalid('?cursor');
  const sort = query.sort ?? 'position';
  const way = ways[sort.replace('-', '')];
  const sign = sort.startsWith('-') ? -1 : 1;
  const order = (a, b) => sign * (way(a, b) || compareText(a.id, b.id));
  const which = query.archived ?? 'false';
  const found = tasksOf(project).filter(
    task =>
      isThere(task) && (which === 'any' || (which === 'true') === Boolean(task.archived_at)) &&
      (query.status_id === undefined || task.status.id === query.status_id) &&
      (query.priority === undefined || task.priority === query.priority) &&
      (query.label_id === undefined || task.labels.has(query.label_id)) &&
      (query.assignee_id === undefined || task.assignees.has(query.assignee_id)) && (!last || order(task, last) > 0),
  );
  return { body: cutTo(found.sort(order).map(taskOf), query) };
}

// ---- the board

const leftOut = {
  priority: each => each === 'none', assignee_ids: each => !each.length, label_ids: each => !each.length, start_on: each => !each,
  due_at: each => !each, completed_at: each => !each, checklist: each => !each[1], comments: each => !each, links: each => !each, cover: each => !each,
};
function cardOf(task) {
  const card = {
    id: task.id, number: task.number, title: task.title, status_id: task.status.id, position: task.position, priority: task.priority,
    assignee_ids: [...task.assignees].sort(), label_ids: [...task.labels].sort(), start_on: task.start_on, due_at: task.due_at,
    completed_at: task.completed_at, checklist: [task.checklist.filter(item => item.done).length, task.checklist.length],
    comments: commentsOf(task).length, links: task.links.length, cover: task.cover,
  };
  for (const [name, isBlank] of Object.entries(leftOut)) if (isBlank(card[name])) delete card[name];
  return card;
}

function findBoard(context) {
  const { workspace, model } = context;
  const project = projectIn(context);
  const cards = project.statuses.toSorted((a, b) => compareText(a.id, b.id)).flatMap(status => status.column.filter(isShown));
  const people = new Set(cards.flatMap(task => [...task.assignees]));
  for (const membership of workspace.members.values()) if (!membership.ended) people.add(membership.person.id);
  // A board that was kept is as new as the last change that touched it.
  const least = workspace.changes.findLast(change => [project.id, null].includes(change.project_id))?.number ?? 0;
  const most = workspace.changes.length;
  const body = {
    change: new Between(least, most),
    project: { id: project.id, key: project.key, name: project.name, color: project.color, archived: Boolean(project.archived_at) },
    statuses: project.statuses.map((status, i) => ({ id: status.id, name: status.name, group: status.group, color: status.color, position: i })),
    labels: project.labels.map(label => ({ id: label.id, name: label.name, color: label.color })),
    people: [...people].sort().map(id => ({ id, name: model.person(id).name })),
    tasks: cards.map(cardOf),
  };
  const seenTags = (project.boardTags ??= new Map());
  return {
    body,
    seenTag: tag => seenTags.set(tag, body.change.value),
    // One that was made again since, with the same in it, may say a later change.
    isSame: tag => {
      const change = tag === '*' ? most : (seenTags.get(tag) ?? -1);
      return change < least ? false : change === most ? true : 'either';
    },
  };
}

// ---- other lists

function listTrash({ workspace, query, seen }) {
  const deleted = [...workspace.tasks.values()].filter(task => task.deleted_at);
  for (const said of seen.body?.items ?? []) deleted.find(task => task.id === said.id)?.deleted_at.learn(said.deleted_at);
  const at = task => task.deleted_at.value ?? '';
  deleted.sort((a, b) => compareText(at(b), at(a)) || compareText(b.id, a.id));
  const items = deleted.map(task => ({ id: task.id, key: task.key, title: task.title, project_id: task.project.id, deleted_at: task.deleted_at }));
  return { body: cut(items, query) };
}

function listMyTasks({ model, me, query }) {
  const mine = [];
  for (const workspace of model.workspaces.values()) {
    const membership = workspace.members.get(me.id);
    if (!membership || membership.ended) continue;
    for (const task of workspace.tasks.values())
      if (task.assignees.has(me.id) && isShown(task) && !task.project.archived_at && isOpen(task)) mine.push({ workspace, task });
  }
  mine.sort((a, b) => ways.due(a.task, b.task) || compareText(a.task.id, b.task.id));
  const items = mine.map(({ workspace, task }) => ({
    id: task.id, number: task.number, key: task.key, title: task.title, priority: task.priority, start_on: task.start_on, due_at: task.due_at,
    workspace_id: workspace.id, workspace_name: workspace.name, project_id: task.project.id, project_name: task.project.name,
    project_color: task.project.color, status_id: task.status.id, status_name: task.status.name, status_group: task.status.group,
    checklist_done: task.checklist.filter(item => item.done).length, checklist_count: task.checklist.length, comments: commentsOf(task).length,
  }));
  return { body: cut(items, query) };
}

function listChanges({ workspace, query }) {
  const left = workspace.changes.slice(Number(query.after ?? 0));
  const most = Math.min(Math.max(query.limit ?? 50, 1), 500);
  const items = left.slice(0, most);
  return { body: { items, next: left.length > most ? String(items.at(-1).number) : null, last: workspace.changes.length } };
}

// ---- the search

const has = (text, words) => words.every(word => ` ${text.toLowerCase()} `.split(/[^a-z]+/).includes(word));

const hitOf = (kind, task, id) => ({
  kind, id, task_id: task.id, key: task.key, title: task.title, snippet: new Like(/./), project_id: task.project.id,
  project_name: task.project.name, archived: Boolean(task.archived_at ?? task.project.archived_at),
});

function search(context) {
  const asked = (context.query.q ?? '').trim();
  const isKey = /^[A-Za-z0-9]+-\d+$/.test(asked);
  const items = isKey ? searchByKey(context, asked) : searchByWords(context, asked);
  return { body: { items, next: null }, unordered: !isKey, tagged: false };
}

/** The task of this key is first, and only there; what else has words like it is taken as it is told. */
function searchByKey({ workspace, seen }, key) {
  const named = [...workspace.tasks.values()].filter(task => !task.deleted_at && task.key === key.toUpperCase());
  const others = (seen.body?.items ?? []).filter(hit => !named.some(task => task.id === hit.id));
  return [...named.map(task => hitOf('task', task, task.id)), ...others];
}

/** All words in one document: a task's title and description, a comment, or a task's checklists, of which the best item is told. */
function searchByWords({ workspace }, asked) {
  const words = asked.toLowerCase().split(/[^a-z]+/).filter(Boolean);
  const items = [];
  const add = (kind, task, id) => items.push(hitOf(kind, task, id));
  for (const task of workspace.tasks.values()) {
    if (task.deleted_at || !words.length) continue;
    if (has(`${task.title} ${task.description}`, words)) add('task', task, task.id);
    for (const comment of commentsOf(task)) if (has(comment.body, words)) add('comment', task, comment.id);
    const found = item => words.filter(word => has(item.text, [word])).length;
    const [best] = task.checklist.toSorted((a, b) => found(b) - found(a)); // with most of the words, the first of equals
    if (best && has(task.checklist.map(item => item.text).join(' '), words)) add('checklist', task, best.id);
  }
  return items;
}

const inWorkspace = '/workspaces/:workspace';
export const boardRoutes = [
  ['GET', `${inWorkspace}/projects/:project/tasks`, 'guest', { query: 'tasks' }, listTasks],
  ['GET', `${inWorkspace}/projects/:project/board`, 'guest', {}, findBoard],
  ['GET', `${inWorkspace}/trash`, 'member', { query: 'page' }, listTrash],
  ['GET', '/me/tasks', 'account', { query: 'page' }, listMyTasks],
  ['GET', `${inWorkspace}/changes`, 'guest', { query: 'changes' }, listChanges],
  ['GET', `${inWorkspace}/search`, 'guest', { query: 'search' }, search],
];
