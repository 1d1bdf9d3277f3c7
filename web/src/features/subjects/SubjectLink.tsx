import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '@/ui';
import { t } from '@/i18n';
import { requestsQuery } from './queries';
import css from './subjects.module.css';

/** In the workspace's settings: the way to the search about a person, and whether somebody waits for it. */
export function SubjectLink({ workspace }: { workspace: string }) {
  const waiting = useQuery(requestsQuery(workspace)).data?.length ?? 0;
  return (
    <section className={css.section} aria-labelledby="subjects">
      <h2 id="subjects">{t('subject.title')}</h2>
      <p>{waiting > 0 ? t('subject.waiting', { count: waiting }) : t('subject.link_text')}</p>
      <div>
        <Link to="/w/$workspace/about-a-person" params={{ workspace }} className={buttonClass('plain')}>
          {t('subject.open')}
        </Link>
      </div>
    </section>
  );
}
