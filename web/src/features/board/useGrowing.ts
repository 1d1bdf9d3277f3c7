import { startTransition, useEffect, useState } from 'react';

const atFirst = 60;
const step = 200;

/** How many of many cards to draw: a screenful at once, the rest in idle moments, so that a long board opens quickly. */
export function useGrowing(count: number): number {
  const [shown, setShown] = useState(atFirst);
  useEffect(() => {
    if (shown >= count) return;
    const grow = () => startTransition(() => setShown(now => now + step));
    const timer = setTimeout(grow, 30);
    return () => clearTimeout(timer);
  }, [shown, count]);
  return shown;
}
