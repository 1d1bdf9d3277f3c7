const opening = 'dialpine:keys';

/** The list of keys opens from the menu, the palette and `?`; whoever draws it listens. */
export function openKeys(): void {
  window.dispatchEvent(new Event(opening));
}

export function onOpenKeys(open: () => void): () => void {
  window.addEventListener(opening, open);
  return () => window.removeEventListener(opening, open);
}
