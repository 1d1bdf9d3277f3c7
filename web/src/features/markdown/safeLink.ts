/** Only addresses that cannot run anything here; all else is shown as text. */
export function safeLink(href: string): string | null {
  const plain = href.trim();
  if (/^(https?:|mailto:)/i.test(plain)) return plain;
  return plain.startsWith('/') && !plain.startsWith('//') ? plain : null;
}
