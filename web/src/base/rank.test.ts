import { expect, test } from 'vitest';
import { rankBetween } from './rank';

test('a rank lies between its neighbours', () => {
  const pairs: [string | null, string | null][] = [
    [null, null],
    ['U', null],
    [null, 'U'],
    ['U', 'V'],
    ['U', 'U5'],
    ['a', 'aV'],
    ['Uz', 'V'],
    ['1', '11'],
  ];
  for (const [before, after] of pairs) {
    const rank = rankBetween(before, after);
    if (before !== null) expect(rank > before, `${rank} > ${before}`).toBe(true);
    if (after !== null) expect(rank < after, `${rank} < ${after}`).toBe(true);
  }
});

test('the same gap can be halved many times', () => {
  let after = 'V';
  for (let turn = 0; turn < 50; turn++) {
    const rank = rankBetween('U', after);
    expect(rank > 'U' && rank < after).toBe(true);
    after = rank;
  }
});
