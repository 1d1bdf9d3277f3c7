/** Lines of a pasted text that can become titles: bullets and boxes in front of them are dropped. */
export function pastedTitles(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*(?:[-*•–]|\d+[.)])?\s*(?:\[[ xX]?\])?\s*/, '').trim())
    .filter(line => line !== '');
}
