/** A short key from a name: first letters of several words, else the first three letters; the person may change it. */
export function suggestedKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .toUpperCase()
    .split(/\s+/)
    .map(word => word.replace(/[^A-Z0-9]/g, ''))
    .filter(Boolean);
  const letters = words.length > 1 ? words.map(word => word.charAt(0)).join('') : (words[0] ?? '').slice(0, 3);
  return letters.replace(/^\d+/, '').slice(0, 5);
}
