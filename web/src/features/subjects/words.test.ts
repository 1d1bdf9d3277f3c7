import { expect, test } from 'vitest';
import { askedFor } from './words';

const nobody = { person: '', name: ' ', email: '', words: ' \n' };

test('an empty form asks for nobody', () => {
  expect(askedFor(nobody)).toBeNull();
});

test('words stand one in each line', () => {
  expect(askedFor({ ...nobody, name: ' Zora Quell ', words: 'Zozo\n\n the tall one ' })).toEqual({
    name: 'Zora Quell',
    words: ['Zozo', 'the tall one'],
  });
  expect(askedFor({ ...nobody, person: 'p' })).toEqual({ person_id: 'p' });
});
