import { useRef, useState, type ReactNode } from 'react';
import css from './floating.module.css';
import { useAnchored } from './useAnchored';

const patience = 450;

/** Words for a pointer that rests; the name itself is on the button, for everybody. */
export function Tip({ label, keys, children }: { label: string; keys?: string; children: ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isShown, setShown] = useState(false);
  const hide = () => {
    clearTimeout(timer.current);
    setShown(false);
  };
  return (
    // The wrapper only watches the pointer; all else belongs to the button inside.

    <span
      ref={anchor}
      className={css.anchor}
      onPointerEnter={event => {
        if (event.pointerType !== 'touch') timer.current = setTimeout(() => setShown(true), patience);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
    >
      {children}
      {isShown && (
        <Bubble anchor={anchor}>
          {label}
          {keys && <kbd>{keys}</kbd>}
        </Bubble>
      )}
    </span>
  );
}

function Bubble({ anchor, children }: { anchor: React.RefObject<HTMLElement | null>; children: ReactNode }) {
  const bubble = useRef<HTMLSpanElement>(null);
  useAnchored(anchor, bubble, 'bottom');
  return (
    <span ref={bubble} popover="manual" aria-hidden className={css.tip}>
      {children}
    </span>
  );
}
