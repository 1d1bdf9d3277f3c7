import { useRef, useState, type DragEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { sentence, upload, type Job } from '@/api';
import { t } from '@/i18n';
import { Button, Failure, Progress } from '@/ui';
import css from './moving.module.css';

const kinds = { zip: 'application/zip', json: 'application/json' };

type FileDropProps = { path: string; kind: keyof typeof kinds; onAccepted: (job: Job) => void };

/** Takes a file by drop or choice, and shows how much of it was sent. */
export function FileDrop({ path, kind, onAccepted }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  const [isOver, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const send = useMutation({
    mutationFn: (file: File) => {
      abort.current = new AbortController();
      setSent(0);
      return upload(path, file, kinds[kind], setSent, abort.current.signal);
    },
    onSuccess: onAccepted,
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) send.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  if (send.isPending) {
    return (
      <div className={css.running}>
        <p role="status" dir="auto">
          {t('import.sending', { file: send.variables.name })}
        </p>
        <Progress value={sent} label={t('import.upload')} />
        <Button onClick={() => abort.current?.abort()}>{t('common.cancel')}</Button>
      </div>
    );
  }
  return (
    <>
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
          accept={`.${kind},${kinds[kind]}`}
          aria-label={t('import.choose')}
          tabIndex={-1}
          className="only-read"
          onChange={event => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {send.isError && send.error.name !== 'AbortError' && (
        <Failure text={sentence(send.error)} again={() => send.mutate(send.variables)} />
      )}
    </>
  );
}
