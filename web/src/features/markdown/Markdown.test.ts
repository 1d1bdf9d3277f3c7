import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './Markdown';

const drawn = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

test('a link of a text leads elsewhere without saying where from', () => {
  for (const text of [
    '[a](https://elsewhere.example/)',
    '<https://elsewhere.example/>',
    'https://elsewhere.example/ and more',
    '![a picture](https://elsewhere.example/a.png)',
    '| a |\n|---|\n| [b](https://elsewhere.example/) |',
    '[a][1]\n\n[1]: https://elsewhere.example/',
  ]) {
    const html = drawn(text);
    const links = html.match(/<a [^>]*>/g) ?? [];
    expect(links, text).toHaveLength(1);
    for (const link of links) expect(link).toContain('rel="noreferrer noopener"');
    expect(html, 'nothing is fetched from elsewhere').not.toContain('<img');
  }
});

test('a text that is made to keep the page busy, or to nest without an end, is drawn soon', () => {
  const before = process.cpuUsage().user;
  for (const [piece, times] of [
    ['**! ', 25_000],
    ['*a **b ', 14_000],
    ['> ', 50_000],
    ['- ', 50_000],
    ['1. ', 30_000],
    ['[a](', 25_000],
  ] as const) {
    expect(drawn(`${piece.repeat(times)}a`).length, piece).toBeGreaterThan(times);
  }
  drawn(`${'>'.repeat(5_000)} a\nb`);
  drawn(`a${' '.repeat(95_000)}b`);
  drawn(`- a${'  \n] '.repeat(20_000)}`);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(20_000);
});

test('what people write is drawn in full, however long the whole is', () => {
  const day =
    '## A day\n\n- [x] **Paint** the [house](https://dialpine.example/)\n  - twice\n    > in _red_\n\nA `word` ~~more~~.\n\n';
  const html = drawn(day.repeat(800));
  for (const tag of ['<h3', '<strong>', '<blockquote>', '<em>', '<code>', '<del>', '<a '])
    expect(html.split(tag), tag).toHaveLength(801);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.tsx') ? [path] : [];
  });
}

test('every link of the page that opens elsewhere says nothing of here', () => {
  const opening = sources(join(import.meta.dirname, '../..')).flatMap(path =>
    (readFileSync(path, 'utf8').match(/<a\b[^>]*target="_blank"[^>]*>/g) ?? []).map(tag => ({ path, tag })),
  );
  expect(opening.length).toBeGreaterThan(3);
  for (const { path, tag } of opening) expect(tag, path).toContain('noreferrer');
});
