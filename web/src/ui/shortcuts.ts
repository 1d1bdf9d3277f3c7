import { useEffect, useRef } from 'react';

type Listener = { keys: string; run: (event: KeyboardEvent) => void };

const listeners: Listener[] = [];
const sequenceTime = 900;
let first: { key: string; at: number } | null = null;

/** `c`, `?`, `[`, `mod+k` (Ctrl, or Cmd on a Mac). */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? 'mod+' : '') + (event.altKey ? 'alt+' : '') + key;
}

/** A key typed in a field is text; only combinations with Ctrl or Cmd that fields do not know pass. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** What a key press means after an earlier one: the sequence `g h` when it is known, else the key itself. */
export function meant(
  name: string,
  now: number,
  before: { key: string; at: number } | null,
  known: readonly string[],
): string | null {
  const sequence = before && now - before.at < sequenceTime ? `${before.key} ${name}` : null;
  if (sequence && known.includes(sequence)) return sequence;
  return known.includes(name) ? name : null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  if (isTyping(event.target) && name !== 'mod+k') return;
  // A dialog or an open list has the keyboard to itself.
  const inside = event.target instanceof Element && event.target.closest('dialog, [role="dialog"], [role="menu"]');
  if (inside && !name.startsWith('mod+')) return;
  const now = Date.now();
  const hit = meant(
    name,
    now,
    first,
    listeners.map(listener => listener.keys),
  );
  first = { key: name, at: now };
  const listener = hit === null ? undefined : listeners.findLast(one => one.keys === hit);
  if (!listener) return;
  event.preventDefault();
  listener.run(event);
}

/** Runs while the component is shown; the one shown last wins. */
export function useShortcut(keys: string, run: (event: KeyboardEvent) => void, isOn = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isOn) return;
    if (listeners.length === 0) document.addEventListener('keydown', onKeyDown);
    const listener = { keys, run: (event: KeyboardEvent) => latest.current(event) };
    listeners.push(listener);
    return () => {
      listeners.splice(listeners.indexOf(listener), 1);
      if (listeners.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [keys, isOn]);
}
