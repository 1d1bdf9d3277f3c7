import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sentence, type ChangeObjection } from '@/api';
import { longDay } from '@/base/dates';
import { changeObjectionsQuery } from '@/features/documents';
import { t } from '@/i18n';
import { Bone, Bones, TryAgain } from '@/ui';
import css from './privacy.module.css';

/** What the person objected to in new versions of documents, and the answers. */
export function ChangeObjections() {
  const objections = useQuery(changeObjectionsQuery);
  return (
    <section id="changes" className={css.section} aria-labelledby="changes-title">
      <h2 id="changes-title">{t('objecting.mine')}</h2>
      <p>{t('objecting.mine_text')}</p>
      {objections.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {objections.isError && <TryAgain text={sentence(objections.error)} again={objections.refetch} />}
      {objections.data?.items.length === 0 && (
        <p>
          {t('objecting.none')} <Link to="/policy">{t('objecting.none_act')}</Link>
        </p>
      )}
      <ul className={css.rows}>
        {objections.data?.items.map(objection => (
          <Row key={objection.id} objection={objection} />
        ))}
      </ul>
    </section>
  );
}

function Row({ objection }: { objection: ChangeObjection }) {
  const { title, version, reason, answer, answered_at } = objection;
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>
          {title} {version}
        </strong>
        <span>{t('objecting.said', { day: longDay(objection.created_at) })}</span>
        {reason && (
          <blockquote className={css.quote} dir="auto">
            {reason}
          </blockquote>
        )}
        {answer && (
          <blockquote className={css.quote} dir="auto" data-answer>
            {answer}
          </blockquote>
        )}
      </div>
      <em className={css.here}>
        {answered_at
          ? t('objecting.answered', { day: longDay(answered_at) })
          : t('objecting.due', { day: longDay(objection.due_at) })}
      </em>
    </li>
  );
}
