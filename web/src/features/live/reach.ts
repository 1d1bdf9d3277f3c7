import { useSyncExternalStore } from 'react';

let isLost = false;
const listeners = new Set<() => void>();

/** Said by the connection itself: a first break may only be a blink, a failed try to come back is not. */
export function setLost(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Whether the server is reached, as far as the page knows. */
export function useIsReached(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && !isLost);
}
