import type { Task } from '@/api';
import { ago } from '@/base/dates';
import { t } from '@/i18n';
import { usePeople } from './usePeople';
import css from './TaskPanel.module.css';

export function TaskActivity({ task }: { task: Task }) {
  const nameOf = usePeople(task.workspace_id);
  const created = { when: ago(task.created_at), name: nameOf(task.created_by) };
  const changed = { when: ago(task.changed_at), name: nameOf(task.changed_by) };
  return (
    <p className={css.activity}>
      {t('task.created_by', created)}
      {task.changed_at !== task.created_at && <> {t('task.changed_by', changed)}</>}
    </p>
  );
}
