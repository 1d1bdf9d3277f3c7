import { Suspense } from 'react';
import { useQuery } from '@tanstack/react-query';
import { sentence } from '@/api';
import { longDay } from '@/base/dates';
import { Markdown } from '@/features/markdown';
import { t } from '@/i18n';
import { Bone, Bones, TryAgain } from '@/ui';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { policyQuery } from './me';

export function PolicyPage() {
  const policy = useQuery(policyQuery);
  if (policy.isError) return <TryAgain text={sentence(policy.error)} again={policy.refetch} />;
  const skeleton = (
    <Bones>
      <Bone width="100%" height={320} />
    </Bones>
  );
  if (policy.isPending) {
    return (
      <Entrance title={t('policy.title')} isWide>
        {skeleton}
      </Entrance>
    );
  }
  const { title, version, published_on, sha256, text, recipients } = policy.data;
  return (
    <Entrance title={title} text={t('policy.version', { version, day: longDay(published_on) })} isWide>
      <article className={css.reading}>
        <Suspense fallback={skeleton}>
          <Markdown text={text} level={2} />
        </Suspense>
      </article>
      <p className={css.meta}>{t('policy.hash', { hash: sha256 })}</p>
      <section className={css.reading} aria-label={t('policy.recipients')}>
        <h2>{t('policy.recipients')}</h2>
        <p>
          {recipients.length === 0
            ? t('policy.no_recipients')
            : recipients.map(recipient => recipient.name).join(', ')}
          . <a href="/subprocessors">{t('policy.register')}</a>
        </p>
      </section>
    </Entrance>
  );
}
