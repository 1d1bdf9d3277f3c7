import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, everyItem, keys, sentence, type WrittenAbout } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, Empty, Failure, TryAgain } from '@/ui';
import css from './subjects.module.css';

/** In how many texts of others a person's name or address stands, and the way to have an admin look at them. */
export function WrittenAboutPage() {
  const list = useQuery({
    queryKey: keys.writtenAbout,
    queryFn: () =>
      everyItem(cursor => answer(api.GET('/me/written-about', { params: { query: { cursor, limit: 200 } } }))),
  });
  return (
    <>
      <header className={css.head}>
        <h1>{t('written.title')}</h1>
        <p>{t('written.text')}</p>
      </header>
      {list.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {list.isError && <TryAgain text={sentence(list.error)} again={list.refetch} />}
      {list.data?.length === 0 && <Empty title={t('written.nowhere')} />}
      <ul className={css.rows}>
        {list.data?.map(row => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
    </>
  );
}

function Row({ row }: { row: WrittenAbout }) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => answer(api.POST('/me/written-about/{workspace}', { params: { path: { workspace: row.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.writtenAbout }),
  });
  const isWaiting = row.asked_at !== null && row.answered_at === null;
  return (
    <li className={css.row}>
      <span className={css.words}>
        <strong dir="auto">{row.name}</strong>
        <span>{t('written.texts', { count: row.texts })}</span>
        {row.asked_at !== null && (
          <span>
            {row.answered_at === null
              ? t('written.asked', { day: longDay(row.asked_at) })
              : t('written.answered', { day: longDay(row.answered_at) })}
          </span>
        )}
      </span>
      {!isWaiting && row.texts > 0 && (
        <Button busy={ask.isPending} onClick={() => ask.mutate()}>
          {t('written.ask')}
        </Button>
      )}
      {ask.isError && <Failure text={sentence(ask.error)} />}
    </li>
  );
}
