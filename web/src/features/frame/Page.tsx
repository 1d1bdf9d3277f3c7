import type { ReactNode } from 'react';
import { classes } from '@/base/classes';
import css from './Page.module.css';

/** A scrolling page under the top line, at a width that reads well. */
export function Page({ isWide = false, children }: { isWide?: boolean; children: ReactNode }) {
  return (
    <div className={css.scroll}>
      <div className={classes(css.page, isWide && css.wide)}>{children}</div>
    </div>
  );
}
