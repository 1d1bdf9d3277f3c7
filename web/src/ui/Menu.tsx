import { cloneElement, createContext, useContext, useEffect, useRef, useState } from 'react';
import type { HTMLAttributes, KeyboardEvent, ReactElement, ReactNode, RefObject } from 'react';
import { classes } from '@/base/classes';
import floating from './floating.module.css';
import css from './Menu.module.css';
import { useAnchored } from './useAnchored';
import { focusButton, useDismiss } from './useDismiss';

type Placement = 'bottom-start' | 'bottom-end' | 'top-start';
type MenuProps = { button: ReactElement<HTMLAttributes<HTMLElement>>; children: ReactNode; placement?: Placement };

const CloseContext = createContext<() => void>(() => undefined);

export function Menu({ button, children, placement = 'bottom-end' }: MenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    focusButton(anchor.current);
  };
  return (
    <span ref={anchor} className={floating.anchor}>
      {cloneElement(button, { 'aria-haspopup': 'menu', 'aria-expanded': isOpen, onClick: () => setOpen(!isOpen) })}
      {isOpen && (
        <CloseContext value={close}>
          <Items anchor={anchor} placement={placement} onClose={close} onLeave={() => setOpen(false)}>
            {children}
          </Items>
        </CloseContext>
      )}
    </span>
  );
}

type ItemsProps = {
  anchor: RefObject<HTMLElement | null>;
  placement: Placement;
  onClose: () => void;
  onLeave: () => void;
  children: ReactNode;
};

function Items({ anchor, placement, onClose, onLeave, children }: ItemsProps) {
  const menu = useRef<HTMLDivElement>(null);
  useAnchored(anchor, menu, placement);
  useDismiss(anchor, menu, onLeave);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)') ?? [])];
  useEffect(() => menu.current?.querySelector<HTMLElement>('[role=menuitem]:not(:disabled)')?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const now = all.findIndex(item => item === document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') onLeave();
    else if (event.key === 'Escape') onClose();
    else if (next !== undefined) all[next % all.length]?.focus();
    else if (event.key.length === 1 && event.key !== ' ') {
      const later = [...all.slice(now + 1), ...all.slice(0, now + 1)];
      later.find(item => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return;
    event.stopPropagation();
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      tabIndex={-1}
      className={classes(floating.floating, css.menu)}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

type ItemProps = {
  icon?: ReactNode;
  keys?: ReactNode;
  isDangerous?: boolean;
  isDisabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

export function MenuItem({ icon, keys, isDangerous, isDisabled, onSelect, children }: ItemProps) {
  const close = useContext(CloseContext);
  const select = () => {
    close();
    onSelect();
  };
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      disabled={isDisabled}
      className={classes(css.item, isDangerous && css.danger)}
      onClick={select}
      onPointerMove={event => event.currentTarget.focus()}
    >
      {icon && <span className={css.section}>{icon}</span>}
      <span className={css.words} dir="auto">
        {children}
      </span>
      {keys && <span className={css.right}>{keys}</span>}
    </button>
  );
}

export function MenuLine() {
  return <hr className={css.line} />;
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className={css.heading}>{children}</div>;
}
