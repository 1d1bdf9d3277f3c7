import { useSyncExternalStore } from 'react';

export type Toast = { id: number; text: string; undo: (() => void) | undefined };

const shownFor = 10_000;
const remembered = 50;
let toast: Toast | null = null;
let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const undoable: Toast[] = [];
const listeners = new Set<() => void>();

function show(next: Toast | null): void {
  toast = next;
  clearTimeout(timer);
  if (next) timer = setTimeout(() => show(null), shownFor);
  for (const listener of listeners) listener();
}

export function say(text: string): void {
  show({ id: ++count, text, undo: undefined });
}

/** Shows what was done with a way back for ten seconds; Ctrl-Z goes further back than the one that is shown. */
export function offerUndo(text: string, undo: () => void): void {
  const next = { id: ++count, text, undo };
  undoable.push(next);
  if (undoable.length > remembered) undoable.shift();
  show(next);
}

export function undoLast(): void {
  const last = undoable.pop();
  if (!last) return;
  show(null);
  last.undo?.();
}

export function dismissToast(): void {
  show(null);
}

/** The person has left; nothing of theirs may be undone by the next. */
export function forgetUndo(): void {
  undoable.length = 0;
  show(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useToast(): Toast | null {
  return useSyncExternalStore(subscribe, () => toast);
}
