import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { t } from '@/i18n';
import { buttonClass } from '@/ui';
import { FileDrop } from './FileDrop';
import css from './moving.module.css';

/** A whole workspace from another DialPine: it becomes a new one here, whose owner is whoever brings it. */
export function ImportWorkspacePage() {
  const navigate = useNavigate();
  return (
    <main className={css.page}>
      <div>
        <Link to="/" className={buttonClass('quiet', 'small')}>
          <ArrowLeft size={15} aria-hidden />
          {t('privacy.back')}
        </Link>
      </div>
      <header className={css.head}>
        <h1>{t('move.import')}</h1>
        <p>{t('move.import_text')}</p>
      </header>
      <FileDrop
        path="/workspaces/imports"
        kind="zip"
        onAccepted={job => void navigate({ to: '/import-workspace/$import', params: { import: job.id } })}
      />
      <ul className={css.rows}>
        <li>
          <span>{t('move.people')}</span>
          <span>{t('move.people_text')}</span>
        </li>
        <li>
          <span>{t('move.checked')}</span>
          <span>{t('move.checked_text')}</span>
        </li>
      </ul>
    </main>
  );
}
