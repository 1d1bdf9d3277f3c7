import { expect, test } from 'vitest';
import { annotated } from './annotated';

const sentence = (anchor: string, text: string) => ({ anchor, text });

test('each sentence carries its promise, several in a row carry it once', () => {
  const text = '# Policy\n\nWe ask first. We keep little. You decide.\n\nWe keep little.';
  const sentences = [
    sentence('P1', 'We ask first.'),
    sentence('P2', 'We keep little.'),
    sentence('P2', 'You decide.'),
    sentence('P2', 'We keep little.'),
  ];
  expect(annotated(text, sentences)).toBe(
    '# Policy\n\nWe ask first. {#P1} We keep little. You decide. {#P2}\n\nWe keep little. {#P2}',
  );
});

test('what promises nothing, or is not in the text, stays as it is', () => {
  const text = 'An introduction. A promise.';
  const sentences = [sentence('intro', 'An introduction.'), sentence('P3', 'Not here.'), sentence('P4', 'A promise.')];
  expect(annotated(text, sentences)).toBe('An introduction. A promise. {#P4}');
});
