import { useEffect } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answer, api, keys, sentence, type Job } from '@/api';
import { t } from '@/i18n';
import { Bone, Bones, buttonClass, Progress, TryAgain } from '@/ui';
import css from './moving.module.css';
import { countsOf, isMoveReport, type MoveReport } from './report';

function isOver(job: Job | undefined): boolean {
  return job?.state === 'done' || job?.state === 'failed';
}

export function ImportWorkspaceJobPage() {
  const { import: id } = useParams({ from: '/inside/import-workspace/$import' });
  const client = useQueryClient();
  const job = useQuery({
    queryKey: keys.job(id),
    queryFn: () => answer(api.GET('/workspaces/imports/{import}', { params: { path: { import: id } } })),
    refetchInterval: query => (query.state.error || isOver(query.state.data) ? false : 400),
  });
  const isDone = job.data?.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: keys.workspaces });
  }, [isDone, client]);
  return (
    <main className={css.page}>
      {job.isPending && (
        <Bones>
          <Bone width={240} height={28} />
        </Bones>
      )}
      {job.isError && <TryAgain text={sentence(job.error)} again={job.refetch} />}
      {job.data && <State job={job.data} />}
    </main>
  );
}

function State({ job }: { job: Job }) {
  if (job.state === 'failed') {
    return (
      <>
        <header className={css.head}>
          <h1>{t('move.failed')}</h1>
          <p>{job.problem?.detail ?? t('common.not_done')}</p>
          <p>{t('import.failed_text')}</p>
        </header>
        <div className={css.acts}>
          <Link to="/import-workspace" className={buttonClass('primary')}>
            {t('move.another')}
          </Link>
        </div>
      </>
    );
  }
  if (job.state === 'done' && isMoveReport(job.report)) return <Report report={job.report} />;
  return (
    <>
      <header className={css.head}>
        <h1>{t('move.running')}</h1>
        <p>{t('import.running_text')}</p>
      </header>
      <div className={css.running}>
        <p role="status">{job.step || t('import.waiting')}</p>
        <Progress value={job.progress} label={t('move.running')} />
      </div>
    </>
  );
}

function Report({ report }: { report: MoveReport }) {
  return (
    <>
      <header className={css.head}>
        <h1>{t('move.done')}</h1>
        <p>{t('move.done_text', { count: report.people })}</p>
      </header>
      <ul className={css.rows} aria-label={t('import.created')}>
        {countsOf(report).map(([name, count]) => (
          <li key={name}>
            <span>{count.toLocaleString('en')}</span>
            <span>{t(`move.count.${name}`, { count })}</span>
          </li>
        ))}
      </ul>
      {report.skipped.length > 0 && (
        <section aria-labelledby="skipped">
          <h2 id="skipped">{t('import.skipped')}</h2>
          <ul className={css.rows}>
            {report.skipped.map(row => (
              <li key={row.what}>
                <span>
                  {row.count.toLocaleString('en')} {row.what.replaceAll('_', ' ')}
                </span>
                <span>{row.why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={css.acts}>
        <Link to="/w/$workspace" params={{ workspace: report.workspace_id }} className={buttonClass('primary')}>
          {t('move.open')}
        </Link>
        <Link to="/w/$workspace/settings" params={{ workspace: report.workspace_id }} className={buttonClass('plain')}>
          {t('move.invite')}
        </Link>
      </div>
    </>
  );
}
