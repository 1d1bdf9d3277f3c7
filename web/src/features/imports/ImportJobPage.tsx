import { useEffect } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answer, api, hasStatus, keys, sentence, type Job } from '@/api';
import { NotFound, Page, TopLine } from '@/features/frame';
import { t } from '@/i18n';
import { Bone, Bones, buttonClass, Notice, Progress, TryAgain } from '@/ui';
import css from './imports.module.css';
import { isImportReport, present, type ImportReport } from './report';

function isOver(job: Job | undefined): boolean {
  return job?.state === 'done' || job?.state === 'failed';
}

export function ImportJobPage() {
  const { workspace, import: id } = useParams({ from: '/inside/w/$workspace/imports/$import' });
  const client = useQueryClient();
  const job = useQuery({
    queryKey: keys.job(id),
    queryFn: () =>
      answer(api.GET('/workspaces/{workspace}/imports/{import}', { params: { path: { workspace, import: id } } })),
    refetchInterval: query => (query.state.error || isOver(query.state.data) ? false : 400),
  });
  const isDone = job.data?.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
  }, [isDone, client, workspace]);
  return (
    <>
      <TopLine title={t('welcome.import')} />
      <Page>
        {job.isPending && (
          <Bones>
            <Bone width={240} height={28} />
          </Bones>
        )}
        {job.isError &&
          (hasStatus(job.error, 404) ? <NotFound /> : <TryAgain text={sentence(job.error)} again={job.refetch} />)}
        {job.data && <JobState workspace={workspace} job={job.data} />}
      </Page>
    </>
  );
}

function JobState({ workspace, job }: { workspace: string; job: Job }) {
  if (job.state === 'failed') {
    return (
      <>
        <header className={css.head}>
          <h2>{t('import.failed')}</h2>
          <p>{job.problem?.detail ?? job.problem?.title ?? t('common.not_done')}</p>
          <p>{t('import.failed_text')}</p>
        </header>
        <div>
          <Link to="/w/$workspace/import" params={{ workspace }} className={buttonClass('primary')}>
            {t('import.another')}
          </Link>
        </div>
      </>
    );
  }
  if (job.state === 'done' && isImportReport(job.report)) return <Report workspace={workspace} report={job.report} />;
  return (
    <>
      <header className={css.head}>
        <h2>{t('import.running')}</h2>
        <p>{t('import.running_text')}</p>
      </header>
      <div className={css.running}>
        <p role="status">{job.step || t('import.waiting')}</p>
        <Progress value={job.progress} label={t('import.running')} />
      </div>
    </>
  );
}

function Report({ workspace, report }: { workspace: string; report: ImportReport }) {
  const created = present(report.created);
  const updated = present(report.updated);
  return (
    <>
      <header className={css.head}>
        <h2>{created.length > 0 ? t('import.done') : t('import.nothing_new')}</h2>
        <p>{created.length > 0 ? t('import.done_text') : t('import.nothing_new_text')}</p>
      </header>
      {created.length > 0 && <Counts title={t('import.created')} counts={created} />}
      {updated.length > 0 && <Counts title={t('import.updated')} counts={updated} />}
      {report.skipped.length > 0 && (
        <section className={css.section} aria-labelledby="skipped">
          <h3 id="skipped">{t('import.skipped')}</h3>
          <ul className={css.skipped}>
            {report.skipped.map(row => (
              <li key={`${row.what} ${row.why}`}>
                <span className={css.what}>
                  {row.what}
                  {row.count > 1 && <span>{row.count}</span>}
                </span>
                <span>{row.why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(report.sensitive_texts ?? 0) > 0 && (
        <Notice>{t('import.sensitive', { count: report.sensitive_texts ?? 0 })}</Notice>
      )}
      {report.created.people > 0 && <Notice>{t('import.people', { count: report.created.people })}</Notice>}
      <div className={css.acts}>
        <Link
          to="/w/$workspace/p/$project"
          params={{ workspace, project: report.project_id }}
          className={buttonClass('primary')}
        >
          {t('import.open')}
        </Link>
        <Link to="/w/$workspace/import" params={{ workspace }} className={buttonClass('plain')}>
          {t('import.another')}
        </Link>
      </div>
    </>
  );
}

function Counts({ title, counts }: { title: string; counts: ReturnType<typeof present> }) {
  return (
    <section className={css.section} aria-label={title}>
      <h3>{title}</h3>
      <dl className={css.counts}>
        {counts.map(([what, count]) => (
          <div key={what}>
            <dd>{count.toLocaleString('en')}</dd>
            <dt>{t(`import.count.${what}`, { count })}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}
