import { expect, test } from 'vitest';
import { pieces } from './snippet';

test('hits are told apart and escapes undone', () => {
  expect(pieces('Order <mark>paint</mark> &amp; brushes')).toEqual([
    { text: 'Order ', isHit: false },
    { text: 'paint', isHit: true },
    { text: ' & brushes', isHit: false },
  ]);
});

test('other tags stay the text they are', () => {
  expect(pieces('&lt;script&gt;<mark>x</mark>')).toEqual([
    { text: '<script>', isHit: false },
    { text: 'x', isHit: true },
  ]);
});
