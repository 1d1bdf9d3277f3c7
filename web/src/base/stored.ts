/**
 * Everything the page keeps on this device, all of it for the person's own comfort: theme, folded side bar, the last
 * workspace, the last palette choices. Storage may be forbidden; then the page works without.
 */
export type StoredName = 'theme' | 'sidebar' | 'workspace' | 'palette';

export function stored(name: StoredName): string | null {
  try {
    return localStorage.getItem(`dialpine.${name}`);
  } catch {
    return null;
  }
}

export function store(name: StoredName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`dialpine.${name}`);
    else localStorage.setItem(`dialpine.${name}`, value);
  } catch {
    // Nothing depends on it.
  }
}

export function forgetStored(): void {
  for (const name of ['sidebar', 'workspace', 'palette'] as const) store(name, null);
}
