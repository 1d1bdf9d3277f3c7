import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api, asProblem, base, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, buttonClass, Failure, Notice, Progress, TextField } from '@/ui';
import css from './privacy.module.css';

export function ExportPage() {
  const [password, setPassword] = useState('');
  const create = useMutation({
    mutationFn: () => answer(api.POST('/me/exports', { body: { password } })),
    onSuccess: () => setPassword(''),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const atField = asProblem(create.error)?.field('/password');
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.export')}</h1>
        <p>{t('export.text')}</p>
      </header>
      {create.data ? (
        <Job id={create.data.id} again={() => create.reset()} />
      ) : (
        <form className={css.form} onSubmit={submit}>
          <TextField
            label={t('account.password')}
            type="password"
            autoComplete="current-password"
            required
            why={t('export.password_why')}
            value={password}
            wrong={atField}
            onChange={event => setPassword(event.target.value)}
          />
          {create.isError && !atField && <Failure text={sentence(create.error)} />}
          <Button type="submit" look="primary" busy={create.isPending} disabled={password === ''}>
            {t('export.act')}
          </Button>
        </form>
      )}
    </>
  );
}

function Job({ id, again }: { id: string; again: () => void }) {
  const job = useQuery({
    queryKey: keys.job(id),
    queryFn: () => answer(api.GET('/me/exports/{export}', { params: { path: { export: id } } })),
    refetchInterval: query =>
      query.state.error || query.state.data?.state === 'done' || query.state.data?.state === 'failed' ? false : 500,
  });
  if (job.isError) return <Failure text={sentence(job.error)} again={() => void job.refetch()} />;
  if (job.data?.state === 'failed')
    return <Failure text={job.data.problem?.detail ?? t('common.not_done')} again={again} />;
  if (job.data?.state === 'done') {
    return (
      <>
        <Notice look="good">{t('export.done')}</Notice>
        <div className={css.acts}>
          <a href={`${base}/me/exports/${id}/file`} download className={buttonClass('primary')}>
            <Download size={15} aria-hidden />
            {t('export.download')}
          </a>
        </div>
      </>
    );
  }
  return (
    <div className={css.form}>
      <p role="status">{job.data?.step ?? t('export.starting')}</p>
      <Progress value={job.data?.progress ?? 0} label={t('export.progress')} />
    </div>
  );
}
