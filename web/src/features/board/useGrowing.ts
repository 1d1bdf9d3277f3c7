import { startTransition, useEffect, useRef, useState, type RefObject } from 'react';

const atFirst = 6;
const step = 12;
/** Fills the tallest column at its end. */
const atEnd = 16;
const ahead = '1200px';
/** What a card takes, more or less, so that the scroll bar says how long the column is. */
const usualHeight = 96;

type Wish = { count: number; least: number; isAtEnd: boolean; scroller: RefObject<HTMLElement | null> };
type Growing = { head: number; tail: number; gap: RefObject<HTMLLIElement | null>; height: number };

/**
 * How many of many cards to draw: a screenful at once, and further ones when they are about to be scrolled to, so that a long board opens
 * and answers quickly. `least` of them are drawn in any case, and the last ones while cards are added there. `gap` goes between
 * head and tail, with the height of those that are not drawn.
 */
export function useGrowing({ count, least, isAtEnd, scroller }: Wish): Growing {
  const [grown, setGrown] = useState(atFirst);
  const [wasAtEnd, setWasAtEnd] = useState(false);
  const gap = useRef<HTMLLIElement>(null);
  // What was drawn once stays: the focus may be in it.
  if (least > grown) setGrown(least + step);
  if (isAtEnd && !wasAtEnd) setWasAtEnd(true);
  const head = Math.min(Math.max(grown, least), count);
  const tail = isAtEnd || wasAtEnd ? Math.min(atEnd, count - head) : 0;
  useEffect(() => {
    if (!gap.current) return;
    // Observed anew after each step, because it tells of changes alone, and so many at a time may not be enough.
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && startTransition(() => setGrown(now => now + Math.min(now, step))),
      { root: scroller.current, rootMargin: isAtEnd ? '0px' : ahead },
    );
    observer.observe(gap.current);
    return () => observer.disconnect();
  }, [head, count, isAtEnd, scroller]);
  return { head, tail, gap, height: (count - head - tail) * usualHeight };
}
