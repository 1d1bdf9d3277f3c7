import { useEffect, useRef, useState } from 'react';
import { Archive, ArchiveRestore, Ellipsis, Link2, Maximize2, Minimize2, Trash2, X } from 'lucide-react';
import { hasStatus, sentence, type Board, type Task } from '@/api';
import { classes } from '@/base/classes';
import { isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, Empty, Failure, IconButton, Menu, MenuItem, MenuLine, say, TryAgain, useShortcut } from '@/ui';
import { Attachments } from './Attachments';
import { Checklists } from './Checklists';
import { Comments } from './Comments';
import { Description } from './Description';
import { Links } from './Links';
import { useTask } from './queries';
import { TaskActivity } from './TaskActivity';
import css from './TaskPanel.module.css';
import { TaskProperties } from './TaskProperties';
import { TaskTitle } from './TaskTitle';
import { useChangeTask } from './useChangeTask';
import { useDeleteTask } from './useDeleteTask';

type PanelProps = { workspace: string; taskKey: string; board: Board; onClose: () => void };

export function TaskPanel({ workspace, taskKey, board, onClose }: PanelProps) {
  const task = useTask(workspace, taskKey);
  const canEdit = !isGuest(useWorkspace(workspace)) && !board.project.archived;
  const [isFull, setFull] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useShortcut('Escape', onClose);
  useEffect(() => panel.current?.focus(), [taskKey]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={classes(css.panel, isFull && css.full)}
      aria-label={t('task.panel', { key: taskKey })}
    >
      <header className={css.bar}>
        <span className={css.key}>
          {taskKey}
          {task.data?.archived_at && <span className={css.archived}>{t('task.archived')}</span>}
        </span>
        <IconButton label={t('task.copy_link')} onClick={() => void copyAddress()}>
          <Link2 size={16} />
        </IconButton>
        <IconButton label={isFull ? t('task.as_panel') : t('task.as_page')} onClick={() => setFull(!isFull)}>
          {isFull ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
        </IconButton>
        {task.data && canEdit && <TaskMenu task={task.data} onGone={onClose} />}
        <IconButton label={t('common.close')} keys={t('keys.name.escape')} onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      <div className={css.scroll}>
        {task.isPending && <TaskSkeleton />}
        {task.isError &&
          (hasStatus(task.error, 404) ? (
            <Empty title={t('task.not_found')} text={t('task.not_found_text')} />
          ) : (
            <TryAgain text={sentence(task.error)} again={task.refetch} />
          ))}
        {task.data && <TaskInside key={task.data.id} task={task.data} board={board} canEdit={canEdit} />}
      </div>
    </section>
  );
}

async function copyAddress(): Promise<void> {
  await navigator.clipboard.writeText(window.location.href);
  say(t('task.link_copied'));
}

function TaskInside({ task, board, canEdit }: { task: Task; board: Board; canEdit: boolean }) {
  return (
    <div className={css.inside}>
      <TaskTitle task={task} canEdit={canEdit} />
      <div className={css.side}>
        <TaskProperties task={task} board={board} canEdit={canEdit} />
      </div>
      <Description task={task} canEdit={canEdit} />
      <Checklists task={task} canEdit={canEdit} />
      <Attachments task={task} canEdit={canEdit} />
      <Links task={task} canEdit={canEdit} />
      <Comments task={task} board={board} />
      <TaskActivity task={task} />
    </div>
  );
}

function TaskMenu({ task, onGone }: { task: Task; onGone: () => void }) {
  const place = { workspace: task.workspace_id, project: task.project_id };
  const change = useChangeTask(place);
  const remove = useDeleteTask(place);
  const isArchived = task.archived_at !== null;
  const failed = remove.error ?? change.error;
  return (
    <>
      {failed && <Failure text={sentence(failed)} />}
      <Menu
        button={
          <IconButton label={t('common.more')}>
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <MenuItem
          icon={isArchived ? <ArchiveRestore size={15} /> : <Archive size={15} />}
          onSelect={() => change.mutate({ task: task.id, change: { archived: !isArchived } })}
        >
          {isArchived ? t('task.restore') : t('task.archive')}
        </MenuItem>
        <MenuLine />
        <MenuItem
          icon={<Trash2 size={15} />}
          isDangerous
          onSelect={() => remove.mutate(task.id, { onSuccess: onGone })}
        >
          {t('task.delete')}
        </MenuItem>
      </Menu>
    </>
  );
}

function TaskSkeleton() {
  return (
    <Bones>
      <div className={css.skeleton}>
        <Bone width="70%" height={26} />
        {[62, 48, 70, 40, 52].map(width => (
          <Bone key={width} width={`${width}%`} height={16} />
        ))}
        <Bone width="100%" height={96} />
      </div>
    </Bones>
  );
}
