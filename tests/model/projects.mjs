/** Projects with their statuses and labels, as the model keeps them. */
import { compareText, cut, tell } from './people.mjs';
import { conflict, invalid, notFound } from './refusal.mjs';
import { Rank } from './unknown.mjs';

// ---- columns

/** At the end of a column. */
export function append(task, status) {
  put(task, status, status.column.length);
}
/** In a column, as the `at`th. */
export function put(task, status, at) {
  task.status = status;
  status.column.splice(at, 0, task);
  task.position = new Rank(task);
}

// ---- projects

const usual = [['Backlog', 'backlog', 'gray'], ['To do', 'unstarted', 'sky'], ['In progress', 'started', 'amber'], ['Done', 'completed', 'green'], ['Cancelled', 'cancelled', 'gray']];
const hues = ['green', 'blue', 'violet', 'amber', 'teal', 'pink'];

export const tasksOf = project => project.statuses.flatMap(status => status.column);
export const isThere = task => !task.deleted_at;
export const isShown = task => !task.deleted_at && !task.archived_at;
export const isOpen = task => !['completed', 'cancelled'].includes(task.status.group);

function projectOf(project) {
  const shown = tasksOf(project).filter(isShown);
  return {
    id: project.id, workspace_id: project.workspace.id, team_id: null, key: project.key, name: project.name,
    description: project.description, color: project.color, archived_at: project.archived_at, task_count: shown.length,
    open_count: shown.filter(isOpen).length, created_at: project.created_at, changed_at: project.changed_at,
  };
}

/** The project of the path. */
export function projectIn({ workspace, values }) {
  const project = workspace.projects.get(values.project);
  if (!project) throw notFound();
  return project;
}
/** The same, unless it is archived. */
export function openProject(project) {
  if (project.archived_at) throw conflict('project-archived');
  return project;
}
export const openProjectIn = context => openProject(projectIn(context));

const isTaken = (workspace, key) => [...workspace.projects.values()].some(project => project.key === key);

function freeKey(workspace, name) {
  let letters = '';
  for (const sign of name.normalize('NFKD').toLowerCase().replaceAll('ł', 'l')) {
    if (letters.length === 4) break;
    if (/[a-z]/.test(sign) || (/[0-9]/.test(sign) && letters)) letters += sign.toUpperCase();
  }
  if (letters.length < 2) letters = 'PRJ';
  let key = letters;
  for (let i = 2; isTaken(workspace, key); ++i) key = letters + i;
  return key;
}

function createProject(context) {
  const { workspace, wish, seen, newId, now } = context;
  if (wish.team_id) throw invalid('/team_id');
  if (wish.key && isTaken(workspace, wish.key)) throw conflict('key-taken');
  const at = now();
  const project = {
    workspace, id: newId(seen.body?.id), key: wish.key ?? freeKey(workspace, wish.name), name: wish.name,
    description: wish.description ?? '', color: wish.color ?? hues[workspace.projects.size % hues.length], archived_at: null,
    statuses: [], labels: [], next: 1, created_at: at, changed_at: at,
  };
  for (const [name, group, color] of usual)
    project.statuses.push({ project, id: undefined, name, group, color, created_at: at, changed_at: at, column: [] });
  workspace.projects.set(project.id, project);
  tell(context, workspace, 'project.created', project.id, { project });
  return { body: projectOf(project) };
}

function changeProject(context) {
  const { workspace, wish, now } = context;
  const project = projectIn(context);
  if (wish.key !== undefined && wish.key !== project.key && isTaken(workspace, wish.key)) throw conflict('key-taken');
  if (wish.team_id) throw invalid('/team_id');
  const { archived, team_id, ...fields } = wish;
  Object.assign(project, fields);
  if (archived !== undefined && archived !== Boolean(project.archived_at)) project.archived_at = archived ? now() : null;
  project.changed_at = now();
  tell(context, workspace, 'project.changed', project.id, { project });
  return { body: projectOf(project) };
}

function deleteProject(context) {
  const { workspace } = context;
  const project = projectIn(context);
  for (const task of tasksOf(project)) workspace.tasks.delete(task.id);
  workspace.projects.delete(project.id);
  tell(context, workspace, 'project.deleted', project.id, { project });
}

function listProjects({ workspace, query }) {
  const which = query.archived ?? 'false';
  const projects = [...workspace.projects.values()].sort((a, b) => compareText(a.id, b.id));
  return { body: cut(projects.filter(each => which === 'any' || (which === 'true') === Boolean(each.archived_at)).map(projectOf), query) };
}

// ---- statuses and labels

const statusOf = status => ({
  id: status.id, project_id: status.project.id, name: status.name, color: status.color, group: status.group,
  position: status.project.statuses.indexOf(status), created_at: status.created_at, changed_at: status.changed_at,
});
const labelOf = label => ({
  id: label.id, project_id: label.project.id, name: label.name, color: label.color, created_at: label.created_at, changed_at: label.changed_at,
});

/** The one with this id. */
export function within(list, id) {
  const found = list.find(each => each.id === id);
  if (!found) throw notFound();
  return found;
}

/** One of a project's statuses or labels, by the path. */
const statusOn = (project, { values }) => within(project.statuses, values.status);
const labelOn = (project, { values }) => within(project.labels, values.label);

/** Made, changed and deleted ones are told alike. */
const tellOf = (context, kind, part) => tell(context, context.workspace, `${kind}.changed`, part.id, { project: part.project });

function listStatuses(context) {
  const project = projectIn(context);
  // Those that come with a project are first seen here.
  project.statuses.forEach((status, i) => (status.id ??= context.newId(context.seen.body?.items?.[i]?.id)));
  return { body: cut(project.statuses.map(statusOf), context.query) };
}

function place(list, thing, position) {
  list.splice(Math.min(Math.max(position, 0), list.length), 0, thing);
}

/** Whatever is in a completed status is completed, and nothing else is. */
function completeTasksIn(status, now) {
  const at = now();
  for (const task of status.column) {
    if (Boolean(task.completed_at) === (status.group === 'completed')) continue;
    task.completed_at = task.completed_at ? null : at;
    task.changed_at = at;
  }
}

function createStatus(context) {
  const { wish, seen, newId, now } = context;
  const project = openProjectIn(context);
  if (project.statuses.length >= 50) throw conflict('too-large');
  const at = now();
  const status = { project, id: newId(seen.body?.id), name: wish.name, color: wish.color, group: wish.group, created_at: at, changed_at: at, column: [] };
  place(project.statuses, status, wish.position ?? project.statuses.length);
  tellOf(context, 'status', status);
  return { body: statusOf(status) };
}

function changeStatus(context) {
  const { wish, now } = context;
  const project = openProjectIn(context);
  const status = statusOn(project, context);
  const { position, ...fields } = wish;
  Object.assign(status, fields);
  status.changed_at = now();
  if (wish.group !== undefined) completeTasksIn(status, now);
  if (position !== undefined) {
    project.statuses.splice(project.statuses.indexOf(status), 1);
    place(project.statuses, status, position);
  }
  tellOf(context, 'status', status);
  return { body: statusOf(status) };
}

function deleteStatus(context) {
  const { query, now } = context;
  const project = openProjectIn(context);
  const status = statusOn(project, context);
  if (project.statuses.length === 1) throw conflict('status-in-use');
  if (status.column.length) {
    if (query.move_to === undefined) throw conflict('status-in-use');
    const to = project.statuses.find(each => each.id === query.move_to);
    if (!to || to === status) throw invalid('?move_to');
    for (const task of status.column.splice(0)) {
      task.changed_at = now();
      append(task, to);
    }
    completeTasksIn(to, now);
  }
  project.statuses.splice(project.statuses.indexOf(status), 1);
  tellOf(context, 'status', status);
}

function createLabel(context) {
  const { wish, seen, newId, now } = context;
  const project = openProjectIn(context);
  const at = now();
  const label = { project, id: newId(seen.body?.id), name: wish.name, color: wish.color, created_at: at, changed_at: at };
  project.labels.push(label);
  tellOf(context, 'label', label);
  return { body: labelOf(label) };
}

function changeLabel(context) {
  const { wish, now } = context;
  const label = labelOn(openProjectIn(context), context);
  Object.assign(label, wish, { changed_at: now() });
  tellOf(context, 'label', label);
  return { body: labelOf(label) };
}

function deleteLabel(context) {
  const project = openProjectIn(context);
  const label = labelOn(project, context);
  for (const task of tasksOf(project)) task.labels.delete(label.id);
  project.labels.splice(project.labels.indexOf(label), 1);
  tellOf(context, 'label', label);
}

const projects = '/workspaces/:workspace/projects';
const statuses = `${projects}/:project/statuses`;
const labels = `${projects}/:project/labels`;
export const projectRoutes = [
  ['GET', projects, 'guest', { query: 'projects' }, listProjects],
  ['POST', projects, 'member', { body: 'project' }, createProject],
  ['GET', `${projects}/:project`, 'guest', {}, context => ({ body: projectOf(projectIn(context)) })],
  ['PATCH', `${projects}/:project`, 'member', { body: 'projectChange' }, changeProject],
  ['DELETE', `${projects}/:project`, 'admin', {}, deleteProject],
  ['GET', statuses, 'guest', { query: 'page' }, listStatuses],
  ['POST', statuses, 'member', { body: 'status' }, createStatus],
  ['GET', `${statuses}/:status`, 'guest', {}, context => ({ body: statusOf(statusOn(projectIn(context), context)) })],
  ['PATCH', `${statuses}/:status`, 'member', { body: 'statusChange' }, changeStatus],
  ['DELETE', `${statuses}/:status`, 'member', { query: 'removal' }, deleteStatus],
  ['GET', labels, 'guest', { query: 'page' }, context => ({ body: cut(projectIn(context).labels.map(labelOf), context.query) })],
  ['POST', labels, 'member', { body: 'label' }, createLabel],
  ['GET', `${labels}/:label`, 'guest', {}, context => ({ body: labelOf(labelOn(projectIn(context), context)) })],
  ['PATCH', `${labels}/:label`, 'member', { body: 'labelChange' }, changeLabel],
  ['DELETE', `${labels}/:label`, 'member', {}, deleteLabel],
];
