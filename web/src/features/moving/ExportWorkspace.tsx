import { useMutation, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api, base, keys, sentence, type Job } from '@/api';
import { confirmed, needsPassword } from '@/features/accounts';
import { t } from '@/i18n';
import { Button, buttonClass, Failure, Progress } from '@/ui';
import css from './moving.module.css';

function fileOf(workspace: string, job: string): string {
  return `${base}/workspaces/${workspace}/exports/${job}/file`;
}

/** The browser's own download: the archive is made while it is sent, and never as a whole in this page. */
function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

export function ExportWorkspace({ workspace }: { workspace: string }) {
  const create = useMutation({
    mutationFn: () =>
      confirmed(() =>
        answer(api.POST('/workspaces/{workspace}/exports', { params: { path: { workspace } }, body: {} })),
      ),
    onSuccess: job => download(fileOf(workspace, job.id)),
  });
  return (
    <section className={css.section} aria-labelledby="export-workspace">
      <h2 id="export-workspace">{t('move.export')}</h2>
      <p>{t('move.export_text')}</p>
      {create.data ? (
        <Sending workspace={workspace} started={create.data} />
      ) : (
        <div>
          <Button busy={create.isPending} onClick={() => create.mutate()}>
            <Download size={15} aria-hidden />
            {t('move.export_act')}
          </Button>
        </div>
      )}
      {create.isError && !needsPassword(create.error) && <Failure text={sentence(create.error)} />}
    </section>
  );
}

function rowsOf(job: Job): number {
  const report = job.report as { rows?: number } | null | undefined;
  return report?.rows ?? 0;
}

/** How far the download is, as the server tells it; the browser shows the file itself. */
function Sending({ workspace, started }: { workspace: string; started: Job }) {
  const job = useQuery({
    queryKey: keys.job(started.id),
    queryFn: () =>
      answer(
        api.GET('/workspaces/{workspace}/exports/{export}', { params: { path: { workspace, export: started.id } } }),
      ),
    initialData: started,
    refetchInterval: query => (query.state.error ? false : 700),
  });
  const isSending = job.data.state === 'running';
  return (
    <div className={css.running}>
      <p role="status">{isSending ? t('move.exporting') : t('move.export_ready', { count: rowsOf(started) })}</p>
      {isSending && <Progress value={job.data.progress} label={t('move.exporting')} />}
      <div>
        <a href={fileOf(workspace, started.id)} download className={buttonClass('plain')}>
          {t('move.export_again')}
        </a>
      </div>
      {job.isError && <Failure text={sentence(job.error)} />}
    </div>
  );
}
