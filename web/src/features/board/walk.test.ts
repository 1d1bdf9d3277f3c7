import { expect, test } from 'vitest';
import type { Card } from '@/api';
import { carried, neighbour, whereabouts, type Columns } from './walk';

const card = (id: string): Card => ({ id, number: 1, title: id, status_id: '', position: id });
const columns: Columns = [
  { status: 'todo', cards: ['a', 'b', 'c'].map(card) },
  { status: 'doing', cards: [] },
  { status: 'done', cards: ['d'].map(card) },
];

test('arrows walk over the cards and past empty columns', () => {
  expect(neighbour(columns, 'a', 'ArrowDown')).toBe('b');
  expect(neighbour(columns, 'a', 'ArrowUp')).toBeNull();
  expect(neighbour(columns, 'c', 'ArrowRight')).toBe('d');
  expect(neighbour(columns, 'd', 'ArrowLeft')).toBe('a');
});

test('a held card is carried one step, also into an empty column', () => {
  expect(carried(columns, 'b', 'ArrowUp')).toEqual({ status_id: 'todo', before_id: 'a' });
  expect(carried(columns, 'b', 'ArrowRight')).toEqual({ status_id: 'doing' });
  expect(carried(columns, 'd', 'ArrowRight')).toBeNull();
});

test('a place is told by column and row', () => {
  expect(whereabouts(columns, 'b')).toEqual({ status: 'todo', row: 2, count: 3 });
});
