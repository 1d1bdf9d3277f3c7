import { expect, test } from 'vitest';
import type { Change } from '@/api';
import { planFor } from './plan';

const change = (kind: string, task: string | null = null, project: string | null = 'p'): Change => ({
  number: 1,
  kind,
  object_id: task ?? project ?? '',
  task_id: task,
  project_id: project,
  actor_id: null,
  at: '2026-11-24T09:30:00.000Z',
});

test('a few changed tasks are fetched one by one', () => {
  const plan = planFor([change('task.changed', 'a'), change('task.moved', 'b'), change('task.changed', 'a')]);
  expect([...plan.tasks.keys()]).toEqual(['a', 'b']);
  expect(plan.boards.size).toBe(0);
});

test('many changed tasks make the board be fetched once', () => {
  const plan = planFor(Array.from({ length: 20 }, (_, index) => change('task.moved', `t${index}`)));
  expect([...plan.boards]).toEqual(['p']);
});

test('a deleted task is not asked for', () => {
  const plan = planFor([change('task.changed', 'a'), change('task.deleted', 'a')]);
  expect(plan.tasks.size).toBe(0);
  expect([...plan.removed.keys()]).toEqual(['a']);
});

test('a comment refreshes its list and the count on the card', () => {
  const plan = planFor([change('comment.created', 'a')]);
  expect([...plan.comments]).toEqual(['a']);
  expect([...plan.tasks.keys()]).toEqual(['a']);
});

test('a file refreshes its list and the count on the card', () => {
  const plan = planFor([change('attachment.created', 'a')]);
  expect([...plan.attachments]).toEqual(['a']);
  expect(plan.comments.size).toBe(0);
  expect([...plan.tasks.keys()]).toEqual(['a']);
});

test('columns, projects and people go to their own caches', () => {
  expect([...planFor([change('status.changed')]).boards]).toEqual(['p']);
  expect(planFor([change('project.changed')]).projects).toBe(true);
  expect(planFor([change('member.changed', null, null)]).people).toBe(true);
});
