import { expect, test } from 'vitest';
import { fileSize } from './fileSize';

test('a size is said as people say it', () => {
  expect(fileSize(1)).toBe('1 byte');
  expect(fileSize(812)).toBe('812 bytes');
  expect(fileSize(48_400)).toBe('48 kB');
  expect(fileSize(999_499)).toBe('999 kB');
  expect(fileSize(999_500)).toBe('1 MB');
  expect(fileSize(2_440_000)).toBe('2.4 MB');
  expect(fileSize(100 * 1024 * 1024)).toBe('104.9 MB');
});
