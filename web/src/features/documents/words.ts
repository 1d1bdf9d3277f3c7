export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** Sentences are short; a longer text is shown as replaced, so that the table below stays small. */
const mostWords = 400;

function merged(pieces: Piece[]): Piece[] {
  const answer: Piece[] = [];
  for (const piece of pieces) {
    const last = answer.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else answer.push({ ...piece });
  }
  return answer;
}

const wordsOf = (sentence: string) => sentence.split(/(?<=\s)/).filter(word => word !== '');

/** Which words of a sentence stayed, came and went, by their longest common row of words. */
export function changedWords(before: string, after: string): Piece[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  if (old.length > mostWords || now.length > mostWords) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  // common[i][j]: how many words old[i…] and now[j…] have in common, in order
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    const line = common[row];
    if (!line) continue;
    for (let column = now.length - 1; column >= 0; column--) {
      line[column] =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pieces: Piece[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < now.length) {
    const oldWord = old[row];
    const newWord = now[column];
    if (oldWord !== undefined && oldWord === newWord) {
      pieces.push({ kind: 'same', text: oldWord });
      row++;
      column++;
    } else if (oldWord !== undefined && (newWord === undefined || at(row + 1, column) >= at(row, column + 1))) {
      pieces.push({ kind: 'removed', text: oldWord });
      row++;
    } else {
      pieces.push({ kind: 'added', text: newWord ?? '' });
      column++;
    }
  }
  return merged(pieces);
}
