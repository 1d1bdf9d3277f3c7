export type Piece = { text: string; isHit: boolean };

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
};

function plain(escaped: string): string {
  return escaped.replace(/&(?:amp|lt|gt|quot|apos|#39|#x27);/g, entity => entities[entity] ?? entity);
}

/** The server's snippet, escaped text with `<mark>` around hits, as pieces to draw: nothing of it is ever read as HTML. */
export function pieces(snippet: string): Piece[] {
  return snippet
    .split(/<mark>(.*?)<\/mark>/s)
    .map((text, index) => ({ text: plain(text), isHit: index % 2 === 1 }))
    .filter(piece => piece.text !== '');
}
