import { expect, test } from 'vitest';
import type { HeldCategory, HeldItem } from '@/api';
import { categoriesWith } from './held';

const item = (label: string, values: string[]): HeldItem => ({
  table: 'people',
  column: label,
  label,
  source: 'you',
  uses: ['to sign you in'],
  basis: 'contract',
  keep: 'until you erase it',
  at_erasure: 'erased',
  sealed: true,
  count: values.length,
  values: values.map(value => ({ value, row: null, at: null })),
  more: false,
  correct: null,
  erase: null,
});

const held: HeldCategory[] = [
  { category: 'name', title: 'Name', count: 3, items: [item('Name', ['Zoë Example']), item('Nickname', ['a', 'b'])] },
  { category: 'session', title: 'Sessions', count: 1, items: [item('Browser', ['Firefox on Linux'])] },
];

const found = (wanted: string) =>
  categoriesWith(held, wanted).map(category => [category.title, category.count, category.items.map(one => one.label)]);

test('an empty search shows everything, as it came', () => {
  expect(categoriesWith(held, '  ')).toBe(held);
});

test('a value, a label and a category are found, without accents, and counted', () => {
  expect(found('zoe')).toEqual([['Name', 1, ['Name']]]);
  expect(found('nick')).toEqual([['Name', 2, ['Nickname']]]);
  expect(found('sessions linux')).toEqual([['Sessions', 1, ['Browser']]]);
  expect(found('sign firefox')).toEqual([['Sessions', 1, ['Browser']]]);
  expect(found('nothing of this')).toEqual([]);
});
