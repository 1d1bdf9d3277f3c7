import { expect, test } from 'vitest';
import type { Proof } from '@/api';
import { matches } from './matches';

const promise: Proof = {
  id: 'P7',
  state: 'proved',
  says: 'Personal data is marked',
  tests: [{ name: 'cpp:Schema.Compiles', outcome: 'passed' }],
  why: 'Its tests passed.',
  policy: 'P7',
  keeps: ['src/store/schema.hpp'],
};

test('a promise is found by its words, its tests and its number, in any case', () => {
  for (const wanted of ['', 'MARKED data', 'schema', 'p7', 'P7 marked'])
    expect(matches(promise, wanted, undefined)).toBe(true);
  for (const wanted of ['p70', 'P', 'marked nowhere']) expect(matches(promise, wanted, undefined)).toBe(wanted === 'P');
});

test('and only in the state that is shown', () => {
  expect(matches(promise, '', 'proved')).toBe(true);
  expect(matches(promise, '', 'partly')).toBe(false);
});
