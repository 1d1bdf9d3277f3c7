import { createContext, Fragment, useContext, type ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import { BoundedLexer } from './boundedLexer';
import css from './Markdown.module.css';
import { safeLink } from './safeLink';

/** What the page draws itself where plain text matches: a mention, a promise's mark. */
export type Inset = { pattern: RegExp; draw: (match: RegExpExecArray) => ReactNode };
const InsetContext = createContext<Inset | null>(null);

/**
 * Markdown drawn as React elements, never as HTML: raw HTML in the text is shown as the text it is, and pictures become
 * links, since no page of ours may fetch from another host.
 */
export function Markdown({ text, level = 3, inset }: { text: string; level?: 2 | 3; inset?: Inset }) {
  const tokens = new BoundedLexer().lex(text);
  const depths = tokens.flatMap(token => (token.type === 'heading' ? [(token as Tokens.Heading).depth] : []));
  const shift = depths.length > 0 ? level - Math.min(...depths) : 0;
  return (
    <InsetContext value={inset ?? null}>
      <div className={css.text} dir="auto">
        {blocks(tokens, shift)}
      </div>
    </InsetContext>
  );
}

/** Plain text, in which the page may draw something of its own. */
function Plain({ text }: { text: string }) {
  const inset = useContext(InsetContext);
  const shown = decoded(text);
  if (!inset) return shown;
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const match of shown.matchAll(new RegExp(inset.pattern, 'g'))) {
    pieces.push(shown.slice(done, match.index), <Fragment key={match.index}>{inset.draw(match)}</Fragment>);
    done = match.index + match[0].length;
  }
  return [...pieces, shown.slice(done)];
}

function blocks(tokens: Token[], shift = 2): ReactNode {
  return tokens.map((token, index) => <Fragment key={index}>{block(token, shift)}</Fragment>);
}

function inline(tokens: Token[] | undefined): ReactNode {
  return tokens?.map((token, index) => <Fragment key={index}>{part(token)}</Fragment>);
}

/** The page around a text has headings of its own, so a text's headings start below them. */
function heading(token: Tokens.Heading, shift: number): ReactNode {
  const content = inline(token.tokens);
  const depth = token.depth + shift;
  if (depth <= 2) return <h2 className={css.first}>{content}</h2>;
  if (depth === 3) return <h3 className={css.second}>{content}</h3>;
  return depth === 4 ? <h4 className={css.third}>{content}</h4> : <h5 className={css.third}>{content}</h5>;
}

function listItem(item: Tokens.ListItem, index: number): ReactNode {
  return (
    <li key={index} className={item.task ? css.task : undefined}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly disabled aria-label={item.text} />}
      <div>{blocks(item.tokens.filter(token => token.type !== 'checkbox'))}</div>
    </li>
  );
}

function table(token: Tokens.Table): ReactNode {
  return (
    // A wide table scrolls by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.table} tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index}>{inline(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{inline(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function block(token: Token, shift: number): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return heading(token as Tokens.Heading, shift);
    case 'paragraph':
      return <p>{inline(token.tokens)}</p>;
    case 'text':
      return token.tokens ? inline(token.tokens) : <Plain text={(token as Tokens.Text).text} />;
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const rows = items.map(listItem);
      return ordered ? <ol start={Number(start) || 1}>{rows}</ol> : <ul>{rows}</ul>;
    }
    case 'blockquote':
      return <blockquote>{blocks(token.tokens ?? [])}</blockquote>;
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'table':
      return table(token as Tokens.Table);
    default:
      return token.raw;
  }
}

function part(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens)}</strong>;
    case 'em':
      return <em>{inline(token.tokens)}</em>;
    case 'del':
      return <del>{inline(token.tokens)}</del>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'link':
      return link((token as Tokens.Link).href, inline(token.tokens));
    case 'image':
      return link((token as Tokens.Image).href, (token as Tokens.Image).text || (token as Tokens.Image).href);
    case 'text':
      return token.tokens ? inline(token.tokens) : <Plain text={(token as Tokens.Text).text} />;
    default:
      return token.raw;
  }
}

function link(href: string, content: ReactNode): ReactNode {
  const safe = safeLink(href);
  if (safe === null) return content;
  return (
    <a href={safe} target="_blank" rel="noreferrer noopener">
      {content}
    </a>
  );
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|(\w+));/g, (whole, code: string | undefined, name: string | undefined) => {
    if (code) return Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole;
    return named[name ?? ''] ?? whole;
  });
}
