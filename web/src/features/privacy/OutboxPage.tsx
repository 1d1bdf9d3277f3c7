import { useQuery } from '@tanstack/react-query';
import { answer, api, everyItem, keys, sentence } from '@/api';
import { dayAndTime } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Empty, TryAgain } from '@/ui';
import css from './privacy.module.css';

/** Links in a mail's text, so that the operator can follow them. */
function withLinks(body: string) {
  return body.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}

export function OutboxPage() {
  const mails = useQuery({
    queryKey: keys.outbox,
    queryFn: () =>
      everyItem(cursor => answer(api.GET('/operator/outbox', { params: { query: { limit: 100, cursor } } }))),
  });
  return (
    <>
      <header className={css.head}>
        <h1>{t('frame.outbox')}</h1>
        <p>{t('outbox.text')}</p>
      </header>
      {mails.isPending && (
        <Bones>
          <Bone width="100%" height={96} />
        </Bones>
      )}
      {mails.isError && <TryAgain text={sentence(mails.error)} again={mails.refetch} />}
      {mails.data?.length === 0 && <Empty title={t('outbox.empty')} text={t('outbox.empty_text')} />}
      {mails.data?.map(mail => (
        <article key={mail.id} className={css.mail}>
          <header>
            <strong>{mail.subject}</strong>
            <time dateTime={mail.created_at}>{dayAndTime(mail.created_at)}</time>
          </header>
          <span className={css.use}>{t('outbox.to', { email: mail.to })}</span>
          <pre>{withLinks(mail.body)}</pre>
        </article>
      ))}
    </>
  );
}
