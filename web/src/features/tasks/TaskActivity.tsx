import type { Task } from '@/api';
import { ago } from '@/base/dates';
import { t } from '@/i18n';
import { usePeople } from './usePeople';
import css from './TaskPanel.module.css';

/** A task that was imported, or whose maker has left, has nobody to name. */
export function TaskActivity({ task }: { task: Task }) {
  const nameOf = usePeople(task.workspace_id);
  const sentence = (what: 'created' | 'changed', at: string, by: Task['created_by']) =>
    by ? t(`task.${what}_by`, { when: ago(at), name: nameOf(by) }) : t(`task.${what}`, { when: ago(at) });
  return (
    <p className={css.activity}>
      {sentence('created', task.created_at, task.created_by)}
      {task.changed_at !== task.created_at && <> {sentence('changed', task.changed_at, task.changed_by)}</>}
    </p>
  );
}
