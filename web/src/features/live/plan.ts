import type { Change } from '@/api';

/** What a group of changes makes stale, in the narrowest terms. */
export type Plan = {
  /** Tasks to fetch one by one, with their project. */
  tasks: Map<string, string>;
  removed: Map<string, string>;
  boards: Set<string>;
  comments: Set<string>;
  attachments: Set<string>;
  projects: boolean;
  people: boolean;
};

/** Above this many changed tasks of one project its board is fetched once instead. */
const mostSingle = 8;

export function planFor(changes: readonly Change[]): Plan {
  const plan: Plan = {
    tasks: new Map(),
    removed: new Map(),
    boards: new Set(),
    comments: new Set(),
    attachments: new Set(),
    projects: false,
    people: false,
  };
  for (const change of changes) note(plan, change);
  const counts = new Map<string, number>();
  for (const project of plan.tasks.values()) counts.set(project, (counts.get(project) ?? 0) + 1);
  for (const [project, count] of counts) if (count > mostSingle) plan.boards.add(project);
  return plan;
}

function note(plan: Plan, { kind, object_id, task_id, project_id }: Change): void {
  const [what, how] = kind.split('.');
  const task = task_id ?? (what === 'task' ? object_id : null);
  if (what === 'task' && task && project_id) {
    plan.projects ||= how === 'created' || how === 'deleted';
    if (how === 'deleted') {
      plan.removed.set(task, project_id);
      plan.tasks.delete(task);
    } else {
      plan.tasks.set(task, project_id);
      plan.removed.delete(task);
    }
    return;
  }
  if (task && project_id) {
    if (what === 'comment') plan.comments.add(task);
    if (what === 'attachment') plan.attachments.add(task);
    plan.tasks.set(task, project_id);
    return;
  }
  if (project_id) plan.boards.add(project_id);
  if (what === 'project' || what === 'import') plan.projects = true;
  if (what === 'member' || what === 'person' || what === 'invitation') plan.people = true;
  if (what === 'import' && !project_id) plan.projects = true;
}
