import { Fragment, type ReactNode } from 'react';
import en from './en.json';
import { format, type Values } from './format';

export type WordKey = keyof typeof en;
export const language = 'en';

/** The sentence for a key. A key that is not in the words does not compile. */
export function t(key: WordKey, values?: Values): string {
  return format(en[key], values, language);
}

/** A sentence with parts drawn by the page: `<link>the policy</link>` is given to `parts.link`. */
export function Words({
  of,
  values,
  parts,
}: {
  of: WordKey;
  values?: Values;
  parts: Record<string, (text: string) => ReactNode>;
}) {
  const pieces = t(of, values).split(/<(\w+)>(.*?)<\/\1>/);
  return pieces.map((piece, index) => {
    if (index % 3 === 0) return <Fragment key={index}>{piece}</Fragment>;
    if (index % 3 === 1) return <Fragment key={index}>{parts[piece]?.(pieces[index + 1] ?? '')}</Fragment>;
    return null;
  });
}
