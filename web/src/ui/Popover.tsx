import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import css from './floating.module.css';
import { useAnchored } from './useAnchored';
import { focusButton, useDismiss } from './useDismiss';

type Placement = 'bottom-start' | 'bottom-end';
type PopoverProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  button: ReactNode;
  label: string;
  children: ReactNode;
  placement?: Placement;
  width?: number;
};

/** A small room beside its button. Escape, a press elsewhere, or the focus going elsewhere closes it. */
export function Popover({
  isOpen,
  onOpenChange,
  button,
  label,
  children,
  placement = 'bottom-start',
  width,
}: PopoverProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor} className={css.anchor}>
      {button}
      {isOpen && (
        <Room anchor={anchor} label={label} placement={placement} width={width} onClose={() => onOpenChange(false)}>
          {children}
        </Room>
      )}
    </span>
  );
}

type RoomProps = {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  placement: Placement;
  width: number | undefined;
  onClose: () => void;
  children: ReactNode;
};

function Room({ anchor, label, placement, width, onClose, children }: RoomProps) {
  const room = useRef<HTMLDivElement>(null);
  useAnchored(anchor, room, placement);
  useDismiss(anchor, room, onClose);
  useEffect(() => {
    const element = room.current;
    const button = anchor.current;
    const before = document.activeElement; // a key may have opened it from elsewhere
    const first =
      element?.querySelector<HTMLElement>('[data-autofocus]') ?? element?.querySelector<HTMLElement>('button, input');
    first?.focus();
    return () => {
      if (document.activeElement !== document.body && !element?.contains(document.activeElement)) return;
      if (before instanceof HTMLElement && before !== document.body && !element?.contains(before)) before.focus();
      else focusButton(button);
    };
  }, [anchor]);
  return (
    // Escape is heard from whatever has the focus inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={room}
      popover="manual"
      role="dialog"
      aria-label={label}
      className={css.floating}
      style={{ inlineSize: width }}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onBlur={event => {
        const next = event.relatedTarget;
        if (next instanceof Node && !room.current?.contains(next) && !anchor.current?.contains(next)) onClose();
      }}
    >
      {children}
    </div>
  );
}
