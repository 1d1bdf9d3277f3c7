import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api, keys, sentence, type Job } from '@/api';
import { workspacesQuery } from '@/features/workspaces';
import { t } from '@/i18n';
import { Button, buttonClass, CheckField, Failure, Notice, Progress, SelectField } from '@/ui';
import { FileDrop } from './FileDrop';
import css from './moving.module.css';
import { isPersonMoveReport } from './report';

const choices = ['none', 'open', 'all'] as const;
type Tasks = (typeof choices)[number];

function isTasks(value: string): value is Tasks {
  return choices.some(choice => choice === value);
}

/** What somebody brings along from another DialPine by their own export. */
export function MovePage() {
  const [tasks, setTasks] = useState<Tasks>('none');
  const [takesName, setTakesName] = useState(false);
  const [chosen, setChosen] = useState('');
  const [job, setJob] = useState<Job | null>(null);
  const writable = (useQuery(workspacesQuery).data ?? []).filter(one => one.role !== 'guest');
  const workspace = chosen || (writable[0]?.id ?? '');
  const query = new URLSearchParams({ tasks, name: takesName ? 'yes' : 'no' });
  if (tasks !== 'none') query.set('workspace', workspace);
  return (
    <>
      <header className={css.head}>
        <h1>{t('move.mine')}</h1>
        <p>{t('move.mine_text')}</p>
      </header>
      {job ? (
        <Running started={job} workspace={workspace} again={() => setJob(null)} />
      ) : (
        <>
          <div className={css.form}>
            <CheckField
              label={t('move.take_name')}
              checked={takesName}
              onChange={event => setTakesName(event.target.checked)}
            />
            <SelectField
              label={t('move.take_tasks')}
              why={t('move.take_tasks_why')}
              value={tasks}
              onChange={event => isTasks(event.target.value) && setTasks(event.target.value)}
            >
              {choices.map(choice => (
                <option key={choice} value={choice}>
                  {t(`move.tasks.${choice}`)}
                </option>
              ))}
            </SelectField>
            {tasks !== 'none' && (
              <SelectField label={t('move.into')} value={workspace} onChange={event => setChosen(event.target.value)}>
                {writable.map(one => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </SelectField>
            )}
          </div>
          <FileDrop path={`/me/imports?${query.toString()}`} kind="zip" onAccepted={setJob} />
          <p className={css.not}>{t('move.mine_not')}</p>
        </>
      )}
    </>
  );
}

function Running({ started, workspace, again }: { started: Job; workspace: string; again: () => void }) {
  const client = useQueryClient();
  const job = useQuery({
    queryKey: keys.job(started.id),
    queryFn: async () => {
      const now = await answer(api.GET('/me/imports/{import}', { params: { path: { import: started.id } } }));
      if (now.state === 'done') {
        void client.invalidateQueries({ queryKey: keys.me });
        void client.invalidateQueries({ queryKey: keys.myData });
      }
      return now;
    },
    initialData: started,
    refetchInterval: query =>
      query.state.error || ['done', 'failed'].includes(query.state.data?.state ?? '') ? false : 400,
  });
  if (job.isError) return <Failure text={sentence(job.error)} again={() => void job.refetch()} />;
  const { state, report, problem, progress, step } = job.data;
  if (state === 'failed') return <Failure text={problem?.detail ?? t('common.not_done')} again={again} />;
  if (state !== 'done' || !isPersonMoveReport(report)) {
    return (
      <div className={css.running}>
        <p role="status">{step || t('import.waiting')}</p>
        <Progress value={progress} label={t('move.running')} />
      </div>
    );
  }
  return (
    <>
      <Notice look="good">
        {t('move.mine_done', { tasks: report.tasks, comments: report.comments, consents: report.consents })}
      </Notice>
      {report.skipped.map(row => (
        <Notice key={row.why}>{t('move.mine_skipped', { count: row.count, why: row.why })}</Notice>
      ))}
      <div className={css.acts}>
        {report.project_id !== null && (
          <Link
            to="/w/$workspace/p/$project"
            params={{ workspace, project: report.project_id }}
            className={buttonClass('primary')}
          >
            {t('move.open_tasks')}
          </Link>
        )}
        <Button onClick={again}>{t('move.another')}</Button>
      </div>
    </>
  );
}
