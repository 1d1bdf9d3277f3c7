import { expect, test } from 'vitest';
import { pastedTitles } from './pasted';

test('each line becomes a title, without its bullet', () => {
  expect(pastedTitles('- Order paint\r\n  * [ ] Paint the door\n\n2. Buy brushes\n3 chairs')).toEqual([
    'Order paint',
    'Paint the door',
    'Buy brushes',
    '3 chairs',
  ]);
});
