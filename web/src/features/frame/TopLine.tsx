import type { ReactNode } from 'react';
import { PanelLeft } from 'lucide-react';
import { t } from '@/i18n';
import { IconButton } from '@/ui';
import { useFrame } from './frameContext';
import css from './TopLine.module.css';

/** One line: where one is, and what can be done here. */
export function TopLine({ title, tabs, children }: { title: ReactNode; tabs?: ReactNode; children?: ReactNode }) {
  const frame = useFrame();
  return (
    <header className={css.line}>
      <IconButton label={t('frame.unfold')} keys="[" className={css.opener} onClick={frame.openDrawer}>
        <PanelLeft size={16} />
      </IconButton>
      <h1 className={css.title}>{title}</h1>
      {tabs}
      <div className={css.acts}>{children}</div>
    </header>
  );
}
