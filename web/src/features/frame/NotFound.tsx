import { Link } from '@tanstack/react-router';
import { t } from '@/i18n';
import { buttonClass, Empty } from '@/ui';

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
    <main>
      <NotFound />
    </main>
  );
}
