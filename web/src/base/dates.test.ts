import { expect, test, vi } from 'vitest';
import { ago, dayAndTime, daysUntil, dueGroup, longDay, urgency, writeDatesAs } from './dates';

const now = new Date(2026, 10, 24, 12, 0, 0);
const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).toISOString();

test('a due date is late, soon, or later, and silent once done', () => {
  expect(urgency(at(24, 11), false, now)).toBe('late');
  expect(urgency(at(25, 11), false, now)).toBe('soon');
  expect(urgency(at(26), false, now)).toBe('later');
  expect(urgency(at(20), true, now)).toBe('met');
});

test('days are counted by the calendar, not by 24 hours', () => {
  expect(daysUntil(new Date(2026, 10, 25, 0, 5), now)).toBe(1);
  expect(daysUntil(new Date(2026, 10, 23, 23, 55), now)).toBe(-1);
});

test('my tasks fall into groups', () => {
  expect(dueGroup(undefined, now)).toBe('none');
  expect(dueGroup(at(24, 9), now)).toBe('overdue');
  expect(dueGroup(at(24, 18), now)).toBe('today');
  expect(dueGroup(at(30), now)).toBe('week');
  expect(dueGroup(new Date(2026, 11, 9).toISOString(), now)).toBe('later');
});

test('a moment is told in words', () => {
  expect(ago(at(24, 10), now)).toBe('2 hours ago');
  expect(ago(at(23), now)).toBe('yesterday');
});

test('moments are written as the person chose, and as usual again without a choice', () => {
  const moment = '2026-11-24T22:30:00Z';
  writeDatesAs({ language: 'nl-NL', timeZone: 'Asia/Tokyo' });
  expect(dayAndTime(moment)).toContain('25 november 2026');
  expect(dayAndTime(moment)).toMatch(/\b0?7:30/);
  writeDatesAs({ language: 'nl-NL', timeZone: 'Nowhere/At-All' });
  expect(longDay('2026-11-24T12:00:00Z')).toBe('November 24, 2026');
  writeDatesAs({ language: null, timeZone: null });
  expect(longDay('2026-11-24T12:00:00Z')).toBe('November 24, 2026');
});

test('without a choice days are written as is usual in the language of the browser', async () => {
  vi.stubGlobal('navigator', { language: 'de-DE' });
  vi.resetModules();
  const german = await import('./dates');
  vi.unstubAllGlobals();
  expect(german.longDay('2026-11-24T12:00:00Z')).toBe('24. November 2026');
  german.writeDatesAs({ language: 'en-GB', timeZone: null });
  expect(german.longDay('2026-11-24T12:00:00Z')).toBe('24 November 2026');
});
