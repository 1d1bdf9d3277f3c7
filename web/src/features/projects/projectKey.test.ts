import { expect, test } from 'vitest';
import { suggestedKey } from './projectKey';

test('a key is suggested from the name', () => {
  expect(suggestedKey('Website')).toBe('WEB');
  expect(suggestedKey('Summer school 2027')).toBe('SS2');
  expect(suggestedKey('Écoles & crèches')).toBe('EC');
  expect(suggestedKey('網站')).toBe('');
});
