import { expect, test } from 'vitest';
import type { Card } from '@/api';
import { filterFrom, isFiltering, shows, type Filter } from './filter';

const now = new Date(2026, 10, 24, 12);
const card: Card = {
  id: 'a',
  number: 7,
  title: 'Café opening',
  status_id: 's',
  position: '1',
  assignee_ids: ['mia'],
  label_ids: ['l'],
  due_at: new Date(2026, 10, 26).toISOString(),
};
const shown = (filter: Filter, of = card) => shows(filter, { key: 'WEB' }, now)(of);

test('text is found without regard to case and accents, and by key', () => {
  expect(shown({ q: 'cafe' })).toBe(true);
  expect(shown({ q: 'web-7' })).toBe(true);
  expect(shown({ q: 'harbour' })).toBe(false);
});

test('people, labels and dates narrow it', () => {
  expect(shown({ assignee: 'mia', label: 'l', due: 'week' })).toBe(true);
  expect(shown({ assignee: 'nobody' })).toBe(false);
  expect(shown({ due: 'none' })).toBe(false);
  expect(shown({ due: 'overdue' })).toBe(false);
});

test('an address is read with suspicion', () => {
  expect(filterFrom({ q: 12, due: 'never', label: '' })).toEqual({ q: '12' });
  expect(isFiltering(filterFrom({}))).toBe(false);
});
