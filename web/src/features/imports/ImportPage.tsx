import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { NotFound, Page, TopLine } from '@/features/frame';
import { FileDrop } from '@/features/moving';
import { isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import css from './imports.module.css';

export function ImportPage() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const navigate = useNavigate();
  if (isGuest(useWorkspace(workspace))) return <NotFound />;
  return (
    <>
      <TopLine title={t('welcome.import')} />
      <Page>
        <header className={css.head}>
          <h2>{t('welcome.import')}</h2>
          <p>{t('import.text')}</p>
        </header>
        <FileDrop
          path={`/workspaces/${workspace}/imports?source=trello`}
          kind="json"
          onAccepted={job =>
            void navigate({ to: '/w/$workspace/imports/$import', params: { workspace, import: job.id } })
          }
        />
        <section className={css.how} aria-labelledby="how">
          <h3 id="how">{t('import.how')}</h3>
          <ol>
            <li>{t('import.how.open')}</li>
            <li>{t('import.how.export')}</li>
            <li>{t('import.how.bring')}</li>
          </ol>
          <p>{t('import.twice')}</p>
          <p>
            <Link to="/import-workspace">{t('move.import')}</Link>
          </p>
        </section>
      </Page>
    </>
  );
}
