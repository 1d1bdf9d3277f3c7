import { expect, test } from 'vitest';
import { safeLink } from './safeLink';

test('a link leads to the web, to mail, or stays here', () => {
  expect(safeLink('https://dialpine.example/a')).toBe('https://dialpine.example/a');
  expect(safeLink('mailto:mia@dialpine.example')).toBe('mailto:mia@dialpine.example');
  expect(safeLink('/w/1')).toBe('/w/1');
});

test('a link that would run something is none', () => {
  for (const href of [
    'javascript:alert(1)',
    ' JaVaScript:alert(1)',
    'data:text/html,x',
    '//elsewhere.example',
    'vbscript:x',
  ]) {
    expect(safeLink(href)).toBeNull();
  }
});
