import { useIsReached } from '@/features/live';
import { t } from '@/i18n';
import css from './Frame.module.css';

export function OfflineNotice() {
  if (useIsReached()) return null;
  return (
    <p className={css.offline} role="status">
      {t('frame.offline')}
    </p>
  );
}
