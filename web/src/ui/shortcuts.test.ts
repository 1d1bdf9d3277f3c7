import { expect, test } from 'vitest';
import { meant, nameOf } from './shortcuts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test('a key has one name, with Ctrl and Cmd alike', () => {
  expect(nameOf({ ...plain, key: 'C' })).toBe('c');
  expect(nameOf({ ...plain, key: 'k', ctrlKey: true })).toBe('mod+k');
  expect(nameOf({ ...plain, key: 'k', metaKey: true })).toBe('mod+k');
});

test('a sequence is meant only when it is known and quick', () => {
  const known = ['g h', 'h', 'c'];
  expect(meant('h', 500, { key: 'g', at: 100 }, known)).toBe('g h');
  expect(meant('h', 5000, { key: 'g', at: 100 }, known)).toBe('h');
  expect(meant('c', 500, { key: 'g', at: 100 }, known)).toBe('c');
  expect(meant('x', 500, null, known)).toBeNull();
});
