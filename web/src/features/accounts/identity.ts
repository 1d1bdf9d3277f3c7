import { useSyncExternalStore } from 'react';
import { asProblem } from '@/api';

type Asking = { settle: (isConfirmed: boolean) => void };

let asking: Asking | null = null;
const listeners = new Set<() => void>();

function show(next: Asking | null): void {
  asking = next;
  for (const listener of listeners) listener();
}

/** Asks for the password over the page; true once the server has taken it, false when the person would rather not. */
export function askIdentity(): Promise<boolean> {
  asking?.settle(false);
  return new Promise(resolve => {
    const settle = (isConfirmed: boolean) => {
      show(null);
      resolve(isConfirmed);
    };
    show({ settle });
  });
}

export const needsPassword = (error: unknown) => asProblem(error)?.kind === 'password-needed';

/**
 * Does what needs the password. It counts for ten minutes in a session, so it is asked for only when the server says so; the act
 * is then done again. Rejects with the server's own problem when the person would rather not.
 */
export async function confirmed<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!needsPassword(error) || !(await askIdentity())) throw error;
    return act();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAsking(): Asking | null {
  return useSyncExternalStore(subscribe, () => asking);
}
