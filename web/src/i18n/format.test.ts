import { expect, test } from 'vitest';
import en from './en.json';
import { format } from './format';

test('fills in names and numbers', () => {
  expect(format('Hello {name}', { name: 'Mia Example' })).toBe('Hello Mia Example');
  expect(format('{count} rows', { count: 1234 })).toBe('1,234 rows');
});

test('chooses the plural, and prefers an exact number', () => {
  const text = '{count, plural, =0 {No tasks} one {# task} other {# tasks in {place}}}';
  expect(format(text, { count: 0, place: 'Web' })).toBe('No tasks');
  expect(format(text, { count: 1, place: 'Web' })).toBe('1 task');
  expect(format(text, { count: 3, place: 'Web' })).toBe('3 tasks in Web');
});

test('a missing value is a mistake, not an empty space', () => {
  expect(() => format('Hello {name}')).toThrow('{name}');
});

test('every sentence is well formed and has something to say', () => {
  const anything = new Proxy({}, { get: () => 2 });
  for (const text of Object.values(en)) expect(format(text, anything).trim()).not.toBe('');
});
