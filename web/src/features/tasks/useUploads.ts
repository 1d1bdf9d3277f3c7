import { useRef, useState } from 'react';
import { sentence, type Attachment, type Task } from '@/api';
import { t } from '@/i18n';
import { announce } from '@/ui';
import { fileSize } from './fileSize';
import { uploadFile } from './uploadFile';

/** A file on its way. `problem` says why it did not arrive; then it waits for another try. */
export type Upload = { id: number; file: File; sent: number; problem?: string; canRetry: boolean };

const mostBytes = 100 * 1024 * 1024;

/** Sends files, each on its own: one that fails holds up no other. */
export function useUploads(task: Task, onArrived: (file: Attachment) => void) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const lastId = useRef(0);
  const underWay = useRef(new Map<number, AbortController>());

  const change = (id: number, to: Partial<Upload>) =>
    setUploads(all => all.map(one => (one.id === id ? { ...one, ...to } : one)));
  const drop = (id: number) => setUploads(all => all.filter(one => one.id !== id));

  const send = (id: number, file: File) => {
    const abort = new AbortController();
    underWay.current.set(id, abort);
    change(id, { sent: 0, problem: undefined });
    uploadFile({ workspace: task.workspace_id, task: task.id, file }, sent => change(id, { sent }), abort.signal)
      .then(arrived => {
        drop(id);
        onArrived(arrived);
        announce(t('attachment.said.added', { name: arrived.name }));
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) drop(id);
        else change(id, { problem: sentence(error), canRetry: true });
      })
      .finally(() => underWay.current.delete(id));
  };

  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const id = ++lastId.current;
      const isTooLarge = file.size > mostBytes;
      const problem = isTooLarge ? t('attachment.too_large', { size: fileSize(file.size) }) : undefined;
      setUploads(all => [...all, { id, file, sent: 0, problem, canRetry: false }]);
      if (!isTooLarge) send(id, file);
    }
  };
  const again = ({ id, file }: Upload) => send(id, file);
  const cancel = ({ id }: Upload) => {
    const abort = underWay.current.get(id);
    if (abort) abort.abort();
    else drop(id);
  };
  return { uploads, add, again, cancel };
}
