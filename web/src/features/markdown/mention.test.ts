import { MarkdownManager } from '@tiptap/markdown';
import { StarterKit } from '@tiptap/starter-kit';
import type { marked } from 'marked';
import { expect, test } from 'vitest';
import { boundedMarked } from './boundedLexer';
import { MentionNode, offered, wantedMention } from './mention';

const mia = '0199a1b2-0000-7000-8000-000000000001';
const markdown = new MarkdownManager({
  marked: boundedMarked as unknown as typeof marked,
  extensions: [StarterKit, MentionNode],
});

test('a mention is read from the text as an id and written again as it was', () => {
  for (const text of [`Ask @[${mia}] first.`, `@[${mia}]`, `- @[${mia}]\n- none`]) {
    expect(markdown.serialize(markdown.parse(text)).trim()).toBe(text);
    expect(JSON.stringify(markdown.parse(text))).toContain(`"type":"mention","attrs":{"id":"${mia}"}`);
  }
});

test('the editor opens a text that is made to nest without an end, and keeps its letters', () => {
  const before = process.cpuUsage().user;
  for (const piece of ['**! ', '*a **b ', '> ', '1. ', '[a](']) {
    expect(JSON.stringify(markdown.parse(`${piece.repeat(5_000)}tail`)), piece).toContain('tail');
  }
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(10_000);
});

test('what is no id stays text', () => {
  for (const text of ['@[nobody]', `@${mia}`, 'mia@dialpine.example']) {
    expect(JSON.stringify(markdown.parse(text))).not.toContain('"mention"');
  }
});

test('an @ begins a mention at the start of a word only', () => {
  expect(wantedMention('Ask @')).toBe('');
  expect(wantedMention('@mi')).toBe('mi');
  expect(wantedMention('(@Mia Ex')).toBe('Mia Ex');
  expect(wantedMention('@Zoë')).toBe('Zoë');
  expect(wantedMention('mia@dial')).toBeUndefined();
  expect(wantedMention('@mia, and')).toBeUndefined();
  expect(wantedMention('no')).toBeUndefined();
});

test('people are offered by any of their names, without accents', () => {
  const people = ['Omar Mia', 'Mia Example', 'Zoë Muster', '王 小明'].map(name => ({ id: name, name }));
  expect(offered(people, 'mia').map(person => person.name)).toEqual(['Mia Example', 'Omar Mia']);
  expect(offered(people, 'zoe').map(person => person.name)).toEqual(['Zoë Muster']);
  expect(offered(people, '王')).toHaveLength(1);
  expect(offered(people, '')).toHaveLength(4);
  expect(offered(people, 'xyz')).toHaveLength(0);
});
