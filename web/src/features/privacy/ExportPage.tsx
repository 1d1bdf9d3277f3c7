import type { MouseEvent } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api, base, keys, sentence } from '@/api';
import { askIdentity, confirmed, needsPassword } from '@/features/accounts';
import { t } from '@/i18n';
import { Button, buttonClass, Failure, Notice, Progress } from '@/ui';
import css from './privacy.module.css';

export function ExportPage() {
  const create = useMutation({
    mutationFn: () => confirmed(() => answer(api.POST('/me/exports', { body: {} }))),
  });
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.export')}</h1>
        <p>{t('export.text')}</p>
      </header>
      {create.data ? (
        <Job id={create.data.id} again={() => create.reset()} />
      ) : (
        <div className={css.acts}>
          <Button look="primary" busy={create.isPending} onClick={() => create.mutate()}>
            {t('export.act')}
          </Button>
          {create.isError && !needsPassword(create.error) && <Failure text={sentence(create.error)} />}
        </div>
      )}
    </>
  );
}

const confirmationLife = 10 * 60_000;

/** The file is given only while the password counts; after that it is asked for once more, then the link is followed. */
function askAgain(event: MouseEvent<HTMLAnchorElement>, created: string) {
  const link = event.currentTarget;
  if (Date.now() - new Date(created).getTime() < confirmationLife || link.dataset.confirmed) return;
  event.preventDefault();
  void askIdentity().then(isConfirmed => {
    if (!isConfirmed) return;
    link.dataset.confirmed = 'yes';
    link.click();
    delete link.dataset.confirmed;
  });
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
    const created = job.data.created_at;
    return (
      <>
        <Notice look="good">{t('export.done')}</Notice>
        <div className={css.acts}>
          <a
            href={`${base}/me/exports/${id}/file`}
            download
            className={buttonClass('primary')}
            onClick={event => askAgain(event, created)}
          >
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
