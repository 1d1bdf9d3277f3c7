import { expect, test } from 'vitest';
import type { Board } from '@/api';
import { changed, columnOf, inverse, moved, placeOf } from './boardChanges';

const board: Board = {
  change: 1,
  project: { id: 'p', key: 'WEB', name: 'Website', color: 'teal', archived: false },
  statuses: [
    { id: 'todo', name: 'To do', group: 'unstarted', color: 'gray', position: 0 },
    { id: 'done', name: 'Done', group: 'completed', color: 'green', position: 1 },
  ],
  labels: [],
  people: [],
  tasks: [
    { id: 'a', number: 1, title: 'Order paint', status_id: 'todo', position: '1' },
    {
      id: 'b',
      number: 2,
      title: 'Paint the door',
      status_id: 'todo',
      position: '2',
      due_at: '2026-11-24T09:30:00.000Z',
    },
    { id: 'c', number: 3, title: 'Buy brushes', status_id: 'todo', position: '3', label_ids: ['l'] },
    { id: 'd', number: 4, title: 'Measure the door', status_id: 'done', position: '1' },
  ],
};
const ids = (now: Board, status: string) => columnOf(now, status).map(card => card.id);

test('a card moves beside a neighbour, to an end, and to another column', () => {
  expect(ids(moved(board, 'c', { status_id: 'todo', before_id: 'a' }), 'todo')).toEqual(['c', 'a', 'b']);
  expect(ids(moved(board, 'a', { status_id: 'todo', after_id: 'b' }), 'todo')).toEqual(['b', 'a', 'c']);
  const across = moved(board, 'b', { status_id: 'done' });
  expect(ids(across, 'done')).toEqual(['d', 'b']);
  expect(ids(across, 'todo')).toEqual(['a', 'c']);
});

test('a neighbour that has gone meanwhile puts the card at the end', () => {
  expect(ids(moved(board, 'a', { status_id: 'done', after_id: 'gone' }), 'done')).toEqual(['d', 'a']);
});

test('the inverse of a move leads back to the same place', () => {
  for (const card of board.tasks) {
    const change = { move: { status_id: 'done' } };
    const back = inverse(board, card, change);
    const there = changed(board, card.id, change);
    expect(ids(changed(there, card.id, back), card.status_id)).toEqual(ids(board, card.status_id));
  }
});

test('the inverse names only what was changed, and empties what was empty', () => {
  const card = board.tasks[2];
  if (!card) throw new Error('the board has three cards to do');
  expect(inverse(board, card, { due_at: '2026-12-01T12:00:00.000Z' })).toEqual({ due_at: null });
  expect(inverse(board, card, { label_ids: [] })).toEqual({ label_ids: ['l'] });
  expect(inverse(board, card, { archived: true })).toEqual({ archived: false });
});

test('a change that empties a date leaves no trace of it on the card', () => {
  const card = changed(board, 'b', { due_at: null, title: 'Paint it' }).tasks.find(task => task.id === 'b');
  expect(card).toEqual({ id: 'b', number: 2, title: 'Paint it', status_id: 'todo', position: '2' });
});

test('an archived card leaves the board', () => {
  expect(ids(changed(board, 'a', { archived: true }), 'todo')).toEqual(['b', 'c']);
});

test('the place of the first card is before the second', () => {
  expect(placeOf(board, 'a')).toEqual({ status_id: 'todo', before_id: 'b' });
  expect(placeOf(board, 'd')).toEqual({ status_id: 'done' });
});
