import { useQuery } from '@tanstack/react-query';
import { answer, api, keys, sentence } from '@/api';
import { dayAndTime } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Empty, TryAgain } from '@/ui';
import css from './privacy.module.css';

/** Errors of the page and of the server, stripped of everything but their kind and place. */
export function CrashesPage() {
  const crashes = useQuery({ queryKey: keys.crashes, queryFn: () => answer(api.GET('/operator/crashes')) });
  return (
    <>
      <header className={css.head}>
        <h1>{t('crashes.title')}</h1>
        <p>{t('crashes.text')}</p>
      </header>
      {crashes.isPending && (
        <Bones>
          <Bone width="100%" height={96} />
        </Bones>
      )}
      {crashes.isError && <TryAgain text={sentence(crashes.error)} again={crashes.refetch} />}
      {crashes.data?.items.length === 0 && <Empty title={t('crashes.empty')} text={t('crashes.empty_text')} />}
      <ul className={css.rows}>
        {crashes.data?.items.map(crash => (
          <li key={crash.crashed_in + crash.kind + crash.message + crash.place} className={css.row}>
            <div className={css.words}>
              <strong>{crash.message ? `${crash.kind}: ${crash.message}` : crash.kind}</strong>
              {crash.place.split('\n').map((line, index) => (
                <span key={index}>{line}</span>
              ))}
              <span>
                {t(crash.count === 1 ? `crashes.once.${crash.crashed_in}` : `crashes.where.${crash.crashed_in}`, {
                  version: crash.version,
                  first: dayAndTime(crash.first_at),
                  last: dayAndTime(crash.last_at),
                })}
              </span>
            </div>
            <span className={css.use}>{t('crashes.count', { count: crash.count })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
