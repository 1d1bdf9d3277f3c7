import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence, type Publication } from '@/api';
import { dayAndTime } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, buttonClass, Confirm, Empty, say, TryAgain } from '@/ui';
import css from './privacy.module.css';

const addressOf = (publication: Publication) =>
  publication.document === 'privacy' ? '/policy' : `/documents/${publication.document}`;

/** For the operator: versions of documents that wait, and what publishing them does. */
export function PublicationsPage() {
  const publications = useQuery({
    queryKey: keys.publications,
    queryFn: () => answer(api.GET('/operator/publications')),
  });
  const waiting = publications.data?.items.filter(one => one.state === 'waiting');
  const published = publications.data?.items.filter(one => one.state === 'published');
  return (
    <>
      <header className={css.head}>
        <h1>{t('publications.title')}</h1>
        <p>{t('publications.text')}</p>
      </header>
      {publications.isPending && (
        <Bones>
          <Bone width="100%" height={96} />
        </Bones>
      )}
      {publications.isError && <TryAgain text={sentence(publications.error)} again={publications.refetch} />}
      {waiting?.length === 0 && <Empty title={t('publications.none')} text={t('publications.none_text')} />}
      {waiting?.map(publication => (
        <Waiting key={`${publication.document} ${publication.version}`} publication={publication} />
      ))}
      {published && published.length > 0 && (
        <section className={css.section} aria-labelledby="published">
          <h2 id="published">{t('publications.published')}</h2>
          <ul className={css.rows}>
            {published.map(one => (
              <li key={`${one.document} ${one.version}`} className={css.row}>
                <div className={css.words}>
                  <strong>
                    {one.title} {one.version}
                  </strong>
                  <span>
                    {t(one.is_significant ? 'publications.told' : 'publications.first_or_minor', {
                      when: dayAndTime(one.published_at ?? one.created_at),
                      count: one.notices,
                    })}
                  </span>
                </div>
                <a href={`${addressOf(one)}?version=${one.version}`} className={buttonClass('quiet', 'small')}>
                  {t('publications.read')}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Waiting({ publication }: { publication: Publication }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { document, version, title, notices } = publication;
  const publish = async () => {
    const path = { document, version };
    const done = await answer(api.POST('/operator/publications/{document}/{version}', { params: { path } }));
    say(t('publications.done', { title, count: done.notices }));
    const changed = [keys.publications, keys.documents, keys.policy, keys.instance, keys.outbox];
    await Promise.all(changed.map(queryKey => client.invalidateQueries({ queryKey })));
  };
  return (
    <section className={css.section} aria-label={`${title} ${version}`}>
      <h2>
        {title} {version}
      </h2>
      <p>{t('publications.waits')}</p>
      <ul className={css.plain}>
        {publication.reasons.map(reason => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className={css.acts}>
        <Button look="primary" onClick={() => setAsking(true)}>
          {t('publications.act')}
        </Button>
        <a href={addressOf(publication)} className={buttonClass('quiet')}>
          {t('publications.see')}
        </a>
      </div>
      {isAsking && (
        <Confirm
          title={t('publications.confirm', { title, version })}
          text={t('publications.confirm_text', { count: notices })}
          act={t('publications.act')}
          onClose={() => setAsking(false)}
          onAct={publish}
        />
      )}
    </section>
  );
}
