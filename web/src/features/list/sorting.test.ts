import { expect, test } from 'vitest';
import type { Board } from '@/api';
import { grouped } from './sorting';

const board: Board = {
  change: 1,
  project: { id: 'p', key: 'WEB', name: 'Website', color: 'teal', archived: false },
  statuses: [
    { id: 'todo', name: 'To do', group: 'unstarted', color: 'gray', position: 0 },
    { id: 'done', name: 'Done', group: 'completed', color: 'green', position: 1 },
  ],
  labels: [],
  people: [{ id: 'mia', name: 'Mia Example' }],
  tasks: [
    { id: 'a', number: 1, title: 'b', status_id: 'done', position: '1', due_at: '2026-12-01T00:00:00.000Z' },
    { id: 'b', number: 2, title: 'a', status_id: 'todo', position: '2', priority: 'urgent', assignee_ids: ['mia'] },
    { id: 'c', number: 3, title: 'c', status_id: 'todo', position: '1', due_at: '2026-11-01T00:00:00.000Z' },
  ],
};
const shape = (...wish: Parameters<typeof grouped> extends [unknown, unknown, ...infer Rest] ? Rest : never) =>
  grouped(board, board.tasks, ...wish).map(group => [group.id, group.cards.map(card => card.id).join('')]);

test('groups follow the board, rows the chosen order', () => {
  expect(shape('status', 'position')).toEqual([
    ['todo', 'cb'],
    ['done', 'a'],
  ]);
  expect(shape('assignee', 'title')).toEqual([
    ['mia', 'b'],
    ['nobody', 'ac'],
  ]);
  expect(shape('priority', 'due')).toEqual([
    ['urgent', 'b'],
    ['none', 'ca'],
  ]);
});

test('what has no date comes last', () => {
  expect(shape('none', 'due')).toEqual([['all', 'cab']]);
});
