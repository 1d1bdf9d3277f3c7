import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/base/classes';
import css from './Button.module.css';
import { Tip } from './Tip';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger' | 'dangerQuiet';

export function buttonClass(look: Look = 'plain', size?: 'small' | 'large', wide = false): string {
  return classes(css.button, css[look], size && css[size], wide && css.wide);
}

type ButtonProps = ComponentProps<'button'> & { look?: Look; size?: 'small' | 'large'; wide?: boolean; busy?: boolean };

export function Button({ look, size, wide, busy, className, disabled, type = 'button', ...rest }: ButtonProps) {
  const name = classes(buttonClass(look, size, wide), className);
  return <button type={type} className={name} disabled={disabled ?? busy} aria-busy={busy} {...rest} />;
}

type IconButtonProps = ComponentProps<'button'> & { label: string; keys?: string; tiny?: boolean; children: ReactNode };

/** A button that shows only an icon; its words are its name and appear beside it on hover and focus. */
export function IconButton({ label, keys, tiny, className, children, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} keys={keys}>
      <button type="button" aria-label={label} className={classes(css.icon, tiny && css.tiny, className)} {...rest}>
        {children}
      </button>
    </Tip>
  );
}
