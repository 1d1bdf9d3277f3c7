import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './Markdown';
import { mentionPattern } from './mention';

/** By hand, for an hour and with a seed of its own: `tests/fuzz/run markdown --seconds 3600`. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? (seconds > 0 ? Date.now() % 2 ** 32 : 1));
const mostBytes = 100_000; // as the API takes
const mostMilliseconds = 4000; // of the processor, however long the text
const pieces = [
  ...'*_~`[]()<>!#|\\-+=:&;"\' \n\t'.split(''),
  ...['**', '***', '~~', '```', '~~~', '![', '](', '[^', ']:', '> ', '- ', '- [ ] ', '- [x] ', '1. ', '# ', '###### '],
  ...[
    '\n\n',
    '\n    ',
    '  \n',
    '\\\n',
    '| a | b |\n|---|:-:|\n| c |',
    '\n---\n',
    '\n===\n',
    '<!--',
    '-->',
    '<b>',
    '</b>',
  ],
  ...[
    '<script>',
    '<img src=x onerror=a>',
    '<?',
    '<![CDATA[',
    'javascript:a',
    'data:text/html,a',
    '//elsewhere.example',
  ],
  ...['https://elsewhere.example/', 'www.elsewhere.example', 'mia@dialpine.example', '<https://a.example>', '/tasks'],
  ...['@[0199a1b2-0000-7000-8000-000000000001]', '&amp;', '&#0;', '&#x41;', '&#1114111;', '&#55296;', '&lt;', '&nbsp;'],
  ...['a', 'word ', '0', 'ä', '中文', 'ไทย', '🌲', '\u202e', '\u0000', '\ud800', '\u200d', '\u00a0', '[1]: /a "b"\n'],
];

/** Mulberry32: the same numbers for the same seed. */
function numbers(from: number) {
  let state = from >>> 0;
  return (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function anyText(below: (limit: number) => number): string {
  let text = '';
  for (let left = 1 + below(30); left > 0; --left) {
    const some = Array.from({ length: 1 + below(3) }, () => pieces[below(pieces.length)]).join('');
    text += below(12) === 0 ? some.repeat(below(below(8) === 0 ? mostBytes : 300)) : some;
    if (text.length > mostBytes) return text.slice(0, mostBytes);
  }
  return text;
}

const tags = new Set(
  'div p h2 h3 h4 h5 ul ol li input blockquote pre code hr table thead tbody tr th td strong em del br a mark'.split(
    ' ',
  ),
);
const attributes = new Set(
  'class dir href target rel start type disabled readonly checked aria-label tabindex role'.split(' '),
);

/** What is wrong with what was drawn; React writes text with `<` and `"` escaped, so that all of them are its own. */
function wrongIn(html: string): string | undefined {
  for (const [, tag = '', rest = ''] of html.matchAll(/<\/?([^\s>/]*)([^>]*)>/g)) {
    if (!tags.has(tag)) return `a tag ${tag}`;
    for (const [, name = '', value = ''] of rest.matchAll(/([^\s="/]+)="([^"]*)"/g)) {
      if (!attributes.has(name.toLowerCase())) return `an attribute ${name}`;
      if (name === 'href' && !/^(https?:|mailto:|\/(?!\/))/i.test(value.trim())) return `a link to ${value}`;
    }
  }
  return undefined;
}

const inset = { pattern: mentionPattern, draw: (match: RegExpExecArray) => createElement('mark', null, match[1]) };

test('any text is drawn, in little time, with nothing in it but what Markdown has', { timeout: 0 }, () => {
  const below = numbers(seed);
  const until = performance.now() + seconds * 1000;
  let count = 0;
  for (; count < 300 || performance.now() < until; ++count) {
    const text = anyText(below);
    const before = process.cpuUsage();
    let wrong: string | undefined;
    try {
      wrong = wrongIn(renderToStaticMarkup(createElement(Markdown, { text, inset })));
    } catch (error) {
      wrong = String(error);
    }
    const took = process.cpuUsage(before).user / 1000;
    if (took > mostMilliseconds) wrong ??= `${took.toFixed()} ms for ${text.length} characters`;
    expect(wrong, `seed ${seed}, text ${count}: ${JSON.stringify(text).slice(0, 2000)}`).toBeUndefined();
  }
  if (seconds > 0) process.stdout.write(`${count} texts of seed ${seed}\n`);
});
