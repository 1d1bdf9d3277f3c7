import { useSyncExternalStore } from 'react';

let words = '';
const listeners = new Set<() => void>();

/** Tells a screen reader what happened where the eye would see it. */
export function announce(text: string): void {
  words = words === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => words);
  return (
    <div className="only-read" aria-live="assertive">
      {text}
    </div>
  );
}
