const first = 48; // '0'
const last = 122; // 'z'

/**
 * A text that sorts between two others in byte order; the server's own rank replaces it with the answer, so it only has to
 * keep the place for a moment. `null` stands for the start or the end.
 */
export function rankBetween(before: string | null, after: string | null): string {
  let rank = '';
  for (let at = 0; at < 200; at++) {
    // Like digits behind a point: what has ended goes on with zeros, and no rank ends with one.
    const low = before !== null && at < before.length ? before.charCodeAt(at) : first;
    const high = after !== null && at < after.length ? after.charCodeAt(at) : last + 1;
    if (high - low > 1) return rank + String.fromCharCode((low + high) >> 1);
    rank += String.fromCharCode(low);
    if (high !== low) after = null;
  }
  return rank;
}

export function byRank(a: { position: string; id: string }, b: { position: string; id: string }): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
