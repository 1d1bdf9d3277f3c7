import type { DocumentSentence } from '@/api';

/** A sentence's promise, as the page draws it: `{#P1}` behind the last of several sentences in a row that share it. */
export const anchorPattern = /\s?\{#(P\d+)\}/;

/**
 * The document's text with the promise of each sentence behind it. Sentences come in the order of the text; one that the text does
 * not hold as it stands is left without a mark.
 */
export function annotated(text: string, sentences: DocumentSentence[]): string {
  const marks: { at: number; anchor: string }[] = [];
  let from = 0;
  for (const sentence of sentences) {
    const at = text.indexOf(sentence.text, from);
    if (at < 0) continue;
    const last = marks.at(-1);
    const isSameRun = last?.anchor === sentence.anchor && !text.slice(last.at, at).includes('\n\n');
    from = at + sentence.text.length;
    if (isSameRun) marks.pop();
    marks.push({ at: from, anchor: sentence.anchor });
  }
  let answer = '';
  let done = 0;
  for (const { at, anchor } of marks) {
    answer += text.slice(done, at);
    if (anchorPattern.test(` {#${anchor}}`)) answer += ` {#${anchor}}`;
    done = at;
  }
  return answer + text.slice(done);
}
