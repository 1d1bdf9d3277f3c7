import { useRef, useState, type DragEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { sentence } from '@/api';
import { Page, TopLine } from '@/features/frame';
import { t } from '@/i18n';
import { Button, Failure, Progress } from '@/ui';
import css from './imports.module.css';
import { uploadBoard } from './upload';

export function ImportPage() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  const [isOver, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => {
      abort.current = new AbortController();
      setSent(0);
      return uploadBoard(workspace, file, setSent, abort.current.signal);
    },
    onSuccess: job => navigate({ to: '/w/$workspace/imports/$import', params: { workspace, import: job.id } }),
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <TopLine title={t('welcome.import')} />
      <Page>
        <header className={css.head}>
          <h2>{t('welcome.import')}</h2>
          <p>{t('import.text')}</p>
        </header>
        {upload.isPending ? (
          <div className={css.running}>
            <p role="status" dir="auto">
              {t('import.sending', { file: upload.variables.name })}
            </p>
            <Progress value={sent} label={t('import.upload')} />
            <Button onClick={() => abort.current?.abort()}>{t('common.cancel')}</Button>
          </div>
        ) : (
          <div
            className={css.drop}
            data-over={isOver}
            role="group"
            aria-label={t('import.drop')}
            onDragOver={event => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          >
            <FileUp size={28} aria-hidden />
            <p>{t('import.drop')}</p>
            <Button look="primary" onClick={() => input.current?.click()}>
              {t('import.choose')}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".json,application/json"
              aria-label={t('import.choose')}
              tabIndex={-1}
              className="only-read"
              onChange={event => {
                take(event.target.files);
                event.target.value = '';
              }}
            />
          </div>
        )}
        {upload.isError && upload.error.name !== 'AbortError' && (
          <Failure text={sentence(upload.error)} again={() => upload.mutate(upload.variables)} />
        )}
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
