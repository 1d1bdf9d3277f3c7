import { expect, test } from 'vitest';
import { countsOf, isMoveReport, isPersonMoveReport } from './report';

const report = {
  workspace_id: 'w',
  people: 2,
  tables: [
    { table: 'changes', rows: 9 },
    { table: 'tasks', rows: 3 },
    { table: 'projects', rows: 1 },
    { table: 'labels', rows: 0 },
  ],
  skipped: [],
};

test('only what people know is counted, in its own order', () => {
  expect(countsOf(report)).toEqual([
    ['projects', 1],
    ['tasks', 3],
  ]);
});

test('a report of one kind is not taken for the other', () => {
  expect(isMoveReport(report)).toBe(true);
  expect(isPersonMoveReport(report)).toBe(false);
  expect(isMoveReport({ workspace_id: 'w' })).toBe(false);
  expect(isPersonMoveReport(null)).toBe(false);
});
