import { useEffect, useRef, useState, type ReactNode } from 'react';
import { File as FileIcon, Image, MapPin, Paperclip, X } from 'lucide-react';
import { base, sentence, type Attachment, type Task } from '@/api';
import { ago, dayAndTime } from '@/base/dates';
import { useMe } from '@/features/accounts';
import { isAdmin, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, Failure, IconButton, Progress, Tip } from '@/ui';
import add from './AddLine.module.css';
import css from './Attachments.module.css';
import { fileSize } from './fileSize';
import panel from './TaskPanel.module.css';
import { useAttachmentChanges, useAttachments } from './useAttachments';
import { usePeople } from './usePeople';
import { useUploads, type Upload } from './useUploads';

/** A picture that is larger is shown when it is asked for, not fetched for a small one. */
const mostThumbnailBytes = 4_000_000;

/** The files of a task, and those on their way to it. */
export function Attachments({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const files = useAttachments(task);
  const { put, remove } = useAttachmentChanges(task);
  const { uploads, add: upload, again, cancel } = useUploads(task, put);
  const isOver = useDroppedFiles(canEdit, upload);
  const list = files.data ?? [];
  return (
    <section className={panel.section} aria-label={t('attachment.title')}>
      {list.length + uploads.length > 0 && (
        <div className={panel.heading}>
          <h3>{t('attachment.title')}</h3>
          {list.length > 0 && <span className={panel.count}>{list.length}</span>}
        </div>
      )}
      {files.isPending && task.attachment_count > 0 && (
        <Bones>
          <Bone width="100%" height={48} />
        </Bones>
      )}
      {files.isError && <Failure text={sentence(files.error)} again={() => void files.refetch()} />}
      <ul className={css.files}>
        {list.map(file => (
          <FileRow
            key={file.id}
            task={task}
            file={file}
            onDelete={canEdit ? () => remove.mutate(file.id) : undefined}
            problem={
              remove.isError && remove.variables === file.id ? (
                <Failure text={sentence(remove.error)} again={() => remove.mutate(file.id)} />
              ) : null
            }
          />
        ))}
        {uploads.map(one => (
          <UploadRow key={one.id} upload={one} onAgain={() => again(one)} onCancel={() => cancel(one)} />
        ))}
      </ul>
      {canEdit && <ChooseFiles onFiles={upload} />}
      {isOver && (
        <div className={css.over} role="status">
          <Paperclip size={24} aria-hidden />
          {t('attachment.drop')}
        </div>
      )}
    </section>
  );
}

type FileRowProps = { task: Task; file: Attachment; onDelete?: () => void; problem: ReactNode };

function FileRow({ task, file, onDelete, problem }: FileRowProps) {
  const nameOf = usePeople(task.workspace_id);
  const me = useMe();
  const workspace = useWorkspace(task.workspace_id);
  const mayDelete = file.uploaded_by === me?.id || isAdmin(workspace);
  const address = `${base}/workspaces/${task.workspace_id}/attachments/${file.id}/file`;
  const facts = { size: fileSize(file.size), when: ago(file.created_at) };
  return (
    <li className={css.file}>
      <Thumbnail file={file} address={address} />
      <div className={css.about}>
        <a
          href={address}
          className={css.name}
          dir="auto"
          {...(file.is_picture ? { target: '_blank', rel: 'noreferrer noopener' } : { download: file.name })}
          aria-label={t(file.is_picture ? 'attachment.open' : 'attachment.download', { name: file.name })}
        >
          {file.name}
        </a>
        <span className={css.facts} title={dayAndTime(file.created_at)}>
          {file.uploaded_by
            ? t('attachment.facts', { ...facts, name: nameOf(file.uploaded_by) })
            : t('attachment.facts_of_nobody', facts)}
          {file.metadata === 'kept' && (
            <Tip label={t('attachment.metadata_kept')}>
              <button type="button" className={css.kept} aria-label={t('attachment.metadata_kept')}>
                <MapPin size={13} aria-hidden />
              </button>
            </Tip>
          )}
        </span>
        {problem}
      </div>
      {onDelete && mayDelete && (
        <IconButton tiny label={t('attachment.delete', { name: file.name })} onClick={onDelete}>
          <X size={14} />
        </IconButton>
      )}
    </li>
  );
}

function Thumbnail({ file, address }: { file: Attachment; address: string }) {
  const [isBroken, setBroken] = useState(false);
  const isShown = file.is_picture && file.size <= mostThumbnailBytes && !isBroken;
  return (
    <span className={css.thumbnail} aria-hidden>
      {isShown ? (
        <img src={address} alt="" width={40} height={40} loading="lazy" onError={() => setBroken(true)} />
      ) : file.is_picture ? (
        <Image size={18} />
      ) : (
        <FileIcon size={18} />
      )}
    </span>
  );
}

function UploadRow({ upload, onAgain, onCancel }: { upload: Upload; onAgain: () => void; onCancel: () => void }) {
  const { name } = upload.file;
  const hasFailed = upload.problem !== undefined;
  return (
    <li className={css.file}>
      <span className={css.thumbnail} aria-hidden>
        <FileIcon size={18} />
      </span>
      <div className={css.about}>
        <span className={css.name} dir="auto">
          {name}
        </span>
        {upload.problem === undefined ? (
          <Progress value={upload.sent} label={t('attachment.uploading', { name })} />
        ) : (
          <Failure text={upload.problem} again={upload.canRetry ? onAgain : undefined} />
        )}
      </div>
      <IconButton tiny label={t(hasFailed ? 'attachment.dismiss' : 'attachment.cancel', { name })} onClick={onCancel}>
        <X size={14} />
      </IconButton>
    </li>
  );
}

function ChooseFiles({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={css.choose}>
      <button type="button" className={add.open} onClick={() => input.current?.click()}>
        <Paperclip size={14} aria-hidden />
        {t('attachment.add')}
      </button>
      <span className={css.hint}>{t('attachment.paste')}</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={event => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}

const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') ?? false;

/** Text that comes with a picture of itself, as a spreadsheet copies it, is meant as text where text can be typed. */
function isMeantAsText(event: ClipboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const isTyped = target !== null && (target.isContentEditable || target.matches('input, textarea'));
  return isTyped && (event.clipboardData?.types.includes('text/plain') ?? false);
}

/** Files dropped anywhere on the page while a task is open, or pasted, are its files. Says whether some hover over it. */
function useDroppedFiles(isWanted: boolean, onFiles: (files: Iterable<File>) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    if (!isWanted) return;
    let depth = 0; // every element under the pointer tells of its own coming and going
    const listeners = {
      dragenter: (event: globalThis.DragEvent) => {
        if (!hasFiles(event.dataTransfer)) return;
        depth++;
        setOver(true);
      },
      dragleave: (event: globalThis.DragEvent) => {
        if (hasFiles(event.dataTransfer) && --depth <= 0) setOver(false);
      },
      dragover: (event: globalThis.DragEvent) => {
        if (hasFiles(event.dataTransfer)) event.preventDefault();
      },
      drop: (event: globalThis.DragEvent) => {
        if (!hasFiles(event.dataTransfer)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        take.current([...(event.dataTransfer?.files ?? [])]);
      },
      paste: (event: ClipboardEvent) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0 || isMeantAsText(event)) return;
        event.preventDefault();
        take.current(files);
      },
    };
    const each = Object.entries(listeners) as [string, EventListener][];
    for (const [name, listener] of each) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of each) document.removeEventListener(name, listener);
    };
  }, [isWanted]);
  return isOver;
}
