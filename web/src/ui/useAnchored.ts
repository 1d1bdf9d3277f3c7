import { useLayoutEffect, type RefObject } from 'react';
import { autoUpdate, computePosition, flip, offset, shift, size, type Placement } from '@floating-ui/dom';

/**
 * Shows an element with the attribute `popover` in the browser's top layer, where no column clips it and no dialog covers
 * it, and keeps it beside its anchor.
 */
export function useAnchored(
  anchor: RefObject<HTMLElement | null>,
  floating: RefObject<HTMLElement | null>,
  placement: Placement,
): void {
  useLayoutEffect(() => {
    // Wrappers have no box of their own, and may stand in each other; what is seen is the first thing inside that has one.
    let button = anchor.current?.firstElementChild;
    while (button?.getClientRects().length === 0) button = button.firstElementChild;
    const element = floating.current;
    if (!button || !element) return;
    element.showPopover();
    const fit = size({
      padding: 8,
      apply: ({ availableHeight }) => {
        element.style.maxBlockSize = `${Math.max(120, availableHeight)}px`;
      },
    });
    const move = async () => {
      const middleware = [offset(4), flip({ padding: 8 }), shift({ padding: 8 }), fit];
      const { x, y } = await computePosition(button, element, { strategy: 'fixed', placement, middleware });
      Object.assign(element.style, { left: `${x}px`, top: `${y}px` });
    };
    return autoUpdate(button, element, () => void move());
  }, [anchor, floating, placement]);
}
