import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Download, SquarePen } from 'lucide-react';
import { NewProjectDialog } from '@/features/projects';
import { t } from '@/i18n';
import { Mark } from '@/ui';
import css from './workspaces.module.css';

/** A workspace without projects offers its two beginnings side by side. */
export function Welcome({ workspace, name }: { workspace: string; name: string }) {
  const [isNaming, setNaming] = useState(false);
  return (
    <div className={css.welcome}>
      <Mark size={56} />
      <h1>{t('welcome.title', { workspace: name })}</h1>
      <p>{t('welcome.text')}</p>
      <div className={css.start}>
        <Link to="/w/$workspace/import" params={{ workspace }} className={css.way}>
          <Download size={20} aria-hidden />
          <h2>{t('welcome.import')}</h2>
          <p>{t('welcome.import_text')}</p>
        </Link>
        <button type="button" className={css.way} onClick={() => setNaming(true)}>
          <SquarePen size={20} aria-hidden />
          <h2>{t('welcome.empty')}</h2>
          <p>{t('welcome.empty_text')}</p>
        </button>
      </div>
      {isNaming && <NewProjectDialog workspace={workspace} onClose={() => setNaming(false)} />}
    </div>
  );
}
