import { expect, test } from 'vitest';
import { ranked, remembered } from './commands';

const all = [
  { id: 'home', words: 'Go home' },
  { id: 'create', words: 'New task' },
  { id: 'project', words: 'New project' },
];

test('the best match comes first', () => {
  expect(ranked(all, 'pro', []).map(one => one.id)).toEqual(['project']);
  expect(ranked(all, 'ne', []).map(one => one.id)).toEqual(['create', 'project']);
});

test('among equals the one chosen lately', () => {
  expect(ranked(all, '', ['project']).map(one => one.id)).toEqual(['project', 'home', 'create']);
});

test('choices are remembered newest first, once', () => {
  expect(remembered(['a', 'b'], 'b')).toEqual(['b', 'a']);
});
