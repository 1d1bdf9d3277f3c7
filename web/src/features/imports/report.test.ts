import { expect, test } from 'vitest';
import { isImportReport, present } from './report';

test('a report is told apart from an empty one', () => {
  expect(isImportReport(null)).toBe(false);
  expect(isImportReport({ project_id: 'p', created: {} })).toBe(true);
});

test('only what there is of is shown, in a fixed order', () => {
  expect(present({ comments: 2, tasks: 5, labels: 0 })).toEqual([
    ['tasks', 5],
    ['comments', 2],
  ]);
});
