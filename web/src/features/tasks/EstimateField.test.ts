import { expect, test } from 'vitest';
import { durationWords, minutesOf } from './EstimateField';

test('an estimate is read as people write it', () => {
  const said = {
    '90': 90,
    '90 min': 90,
    '45m': 45,
    '2h': 120,
    '1.5 h': 90,
    '1,5h': 90,
    '1h 30': 90,
    '2 hours 5 minutes': 125,
  };
  for (const [words, minutes] of Object.entries(said)) expect(minutesOf(words), words).toBe(minutes);
});

test('words that say no length are no estimate', () => {
  for (const words of ['', 'soon', '0', '0 h', '-5', '1h2h', '2 days', '1e3', '99999 h'])
    expect(minutesOf(words), words).toBeUndefined();
});

test('an estimate is shown in hours and minutes, and reads back as the same', () => {
  expect(durationWords(45)).toBe('45 min');
  expect(durationWords(120)).toBe('2 h');
  for (const minutes of [1, 59, 60, 61, 150, 2400]) expect(minutesOf(durationWords(minutes))).toBe(minutes);
});
