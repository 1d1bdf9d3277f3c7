import type { ReactNode } from 'react';
import { classes } from '@/base/classes';
import { t } from '@/i18n';
import { Mark } from '@/ui';
import css from './Entrance.module.css';
import { LegalLinks } from './LegalLinks';

/** The quiet page before the door: mark, heading, and what is asked. */
export function Entrance({
  title,
  text,
  isWide = false,
  children,
}: {
  title: string;
  text?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    // A long text scrolls here, also for who has only keys and nothing in it to go to.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <main className={css.page} tabIndex={isWide ? 0 : undefined}>
      <div className={classes(css.box, isWide && css.wide)}>
        <header className={css.head}>
          <div className={css.mark}>
            <Mark size={32} />
            <span>{t('app.name')}</span>
          </div>
          <h1>{title}</h1>
          {text && <p>{text}</p>}
        </header>
        {children}
        <footer>
          <LegalLinks />
        </footer>
      </div>
    </main>
  );
}
