import { useEffect, type RefObject } from 'react';

/** A press anywhere else closes what floats. */
export function useDismiss(
  anchor: RefObject<HTMLElement | null>,
  floating: RefObject<HTMLElement | null>,
  close: () => void,
): void {
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (!(event.target instanceof Node)) return;
      if (!anchor.current?.contains(event.target) && !floating.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  }, [anchor, floating, close]);
}

export function focusButton(anchor: HTMLElement | null): void {
  anchor?.querySelector<HTMLElement>('button, a')?.focus();
}
