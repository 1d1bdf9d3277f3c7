import type { ReactNode } from 'react';
import { classes } from '@/base/classes';
import { t } from '@/i18n';
import { Button } from './Button';
import { Mark } from './Mark';
import css from './states.module.css';

type EmptyProps = { title: string; text?: string; isWholePage?: boolean; children?: ReactNode };

export function Empty({ title, text, isWholePage = false, children }: EmptyProps) {
  return (
    <div className={css.empty}>
      <Mark size={56} />
      {isWholePage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {text && <p>{text}</p>}
      {children && <div className={css.acts}>{children}</div>}
    </div>
  );
}

/** Instead of a room that could not be read. */
export function TryAgain({ text, again }: { text: string; again: () => unknown }) {
  return (
    <div className={css.empty} role="alert">
      <Mark size={56} />
      <h2>{t('common.not_loaded')}</h2>
      <p>{text}</p>
      <div className={css.acts}>
        <Button look="primary" onClick={() => void again()}>
          {t('common.try_again')}
        </Button>
      </div>
    </div>
  );
}

/** One line at the very thing that could not be saved. */
export function Failure({ text, again }: { text: string; again?: () => void }) {
  return (
    <p className={css.failure} role="alert">
      {text}
      {again && (
        <button type="button" onClick={again}>
          {t('common.try_again')}
        </button>
      )}
    </p>
  );
}

export function Bone({
  width,
  height = 14,
  className,
}: {
  width: number | string;
  height?: number;
  className?: string;
}) {
  return <span className={classes(css.bone, className)} style={{ inlineSize: width, blockSize: height }} />;
}

export function Bones({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div aria-busy="true" role="status">
      <span className="only-read">{label ?? t('common.loading')}</span>
      {children}
    </div>
  );
}

export function Progress({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      className={css.bar}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>;
}

export function Notice({
  look,
  icon,
  children,
}: {
  look?: 'warning' | 'danger' | 'good';
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes(css.notice, look && css[look])}>
      {icon}
      <div>{children}</div>
    </div>
  );
}
