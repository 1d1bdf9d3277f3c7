/** Ranks what a typed text may mean: the beginning of the words before a word's beginning before anywhere inside. */
export function score(words: string, wanted: string): number {
  const text = fold(words);
  const part = fold(wanted);
  if (part === '') return 1;
  const at = text.indexOf(part);
  if (at < 0) return 0;
  if (at === 0) return 4;
  return /\s/.test(text.charAt(at - 1)) ? 3 : 2;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** The last choices, newest first, without repeats. */
export function remembered(ids: readonly string[], chosen: string, most = 8): string[] {
  return [chosen, ...ids.filter(id => id !== chosen)].slice(0, most);
}

/** Best first; among equals what was chosen lately, then the given order. */
export function ranked<T extends { id: string; words: string }>(
  all: readonly T[],
  wanted: string,
  recent: readonly string[],
): T[] {
  const age = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return all
    .map((one, order) => ({ one, order, score: score(one.words, wanted) }))
    .filter(row => row.score > 0)
    .sort((a, b) => b.score - a.score || age(a.one.id) - age(b.one.id) || a.order - b.order)
    .map(row => row.one);
}
