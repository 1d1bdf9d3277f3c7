import { useQuery } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';
import { t } from '@/i18n';
import css from './Offer.module.css';

/** Word of the operator's own, by the page alone and the same for everybody; nothing unless one is configured. */
export function Offer({ page }: { page: 'home' | 'search' | 'settings' | 'privacy' }) {
  const offer = useQuery({
    queryKey: keys.offer(page),
    queryFn: () => answer(api.GET('/offers', { params: { query: { page } } })),
    staleTime: Infinity,
  });
  if (!offer.data?.text) return null; // while it is asked for, and when it fails, the page goes on without it
  return (
    <aside className={css.offer} aria-label={t('offer.label')}>
      <small>{t('offer.label')}</small>
      <span dir="auto">{offer.data.text}</span>
    </aside>
  );
}
