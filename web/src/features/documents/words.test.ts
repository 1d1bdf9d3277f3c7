import { expect, test } from 'vitest';
import { changedWords } from './words';

const shown = (before: string, after: string) =>
  changedWords(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`))
    .join('');

test('words that stay are told from those that come and go', () => {
  expect(shown('Kept for 30 days.', 'Kept for 90 days.')).toBe('Kept for -[30 ]+[90 ]days.');
  expect(shown('We ask.', 'We ask.')).toBe('We ask.');
  expect(shown('', 'New.')).toBe('+[New.]');
});

test('both sentences can be read from the pieces again', () => {
  const before = 'Data is kept until you erase it or your account.';
  const after = 'Data of yours is kept for 13 months, or until you erase it.';
  const pieces = changedWords(before, after);
  const read = (left: string) =>
    pieces
      .filter(piece => piece.kind !== left)
      .map(piece => piece.text)
      .join('');
  expect(read('added')).toBe(before);
  expect(read('removed')).toBe(after);
});
