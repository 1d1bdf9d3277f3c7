import { Node } from '@tiptap/react';

export type Mentionable = { id: string; name: string };

/** A mention is the id of a person; the text names nobody, so a name that changes or goes does so everywhere. */
export const mentionPattern = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/;
const atStart = new RegExp(`^${mentionPattern.source}`);

/** What the editor makes of `@[ID]`, and writes again; `nameOf` is asked whenever one is drawn. */
export const MentionNode = Node.create<{ nameOf: (id: string) => string }>({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addOptions: () => ({ nameOf: id => id }),
  addAttributes: () => ({ id: { default: '', renderHTML: ({ id }) => ({ 'data-mention': String(id) }) } }),
  parseHTML: () => [{ tag: 'span[data-mention]', getAttrs: element => ({ id: element.getAttribute('data-mention') }) }],
  renderHTML({ node, HTMLAttributes }) {
    return ['span', HTMLAttributes, `@${this.options.nameOf(String(node.attrs.id))}`];
  },
  renderText: ({ node }) => `@[${String(node.attrs.id)}]`,
  markdownTokenName: 'mention',
  markdownTokenizer: {
    name: 'mention',
    level: 'inline',
    start: source => source.indexOf('@['),
    tokenize: source => {
      const match = atStart.exec(source);
      return match ? { type: 'mention', raw: match[0], id: match[1] } : undefined;
    },
  },
  parseMarkdown: token => ({ type: 'mention', attrs: { id: token.id as string } }),
  renderMarkdown: node => `@[${String(node.attrs?.id)}]`,
});

/** What is being looked for behind an `@` that stands right before the caret; absent when none does. */
export function wantedMention(before: string): string | undefined {
  return /(?:^|[\s(\u{fffc}])@([\p{L}\p{M}\p{N}'’.-]*(?: [\p{L}\p{M}\p{N}'’.-]+)?)$/u.exec(before)?.[1];
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const mostOffered = 8;

/** People one of whose names begins with what was typed; who begins with it comes first. */
export function offered(people: Mentionable[], wanted: string): Mentionable[] {
  const start = fold(wanted);
  const whole = people.filter(person => fold(person.name).startsWith(start));
  const within = people.filter(person => !whole.includes(person) && fold(person.name).includes(` ${start}`));
  return [...whole, ...within].slice(0, mostOffered);
}
