import { Link } from '@tanstack/react-router';
import { t } from '@/i18n';
import { buttonClass, Empty } from '@/ui';
import css from './Page.module.css';

export function NotFound() {
  return (
    <Empty title={t('not_found.title')} text={t('not_found.text')} isWholePage>
      <Link to="/" className={buttonClass('primary')}>
        {t('not_found.home')}
      </Link>
    </Empty>
  );
}

/** An address outside every room. */
export function NotFoundPage() {
  return (
    <main className={css.alone}>
      <NotFound />
    </main>
  );
}
