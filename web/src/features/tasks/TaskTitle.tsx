import { useState } from 'react';
import type { Task } from '@/api';
import { t } from '@/i18n';
import css from './TaskPanel.module.css';
import { SaveFailure, SensitiveWarning } from './Sensitive';
import { useChangeTask } from './useChangeTask';

/** The heading is the field: Enter or leaving it saves, Escape brings back what was there. */
export function TaskTitle({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const change = useChangeTask({ workspace: task.workspace_id, project: task.project_id });
  const [draft, setDraft] = useState<string | null>(null);
  const save = (keep_sensitive?: true) => {
    const title = draft?.trim();
    if (title && title !== task.title)
      change.mutate({ task: task.id, change: { title, keep_sensitive } }, { onSuccess: () => setDraft(null) });
    else leave();
  };
  const leave = () => {
    change.reset();
    setDraft(null);
  };
  return (
    <div>
      <textarea
        className={css.title}
        aria-label={t('task.title')}
        rows={1}
        dir="auto"
        readOnly={!canEdit}
        value={draft ?? task.title}
        onChange={event => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={() => save()}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            event.currentTarget.blur();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            leave();
          }
        }}
      />
      {change.isError ? (
        <SaveFailure error={change.error} again={() => save()} keep={() => save(true)} />
      ) : (
        draft !== null && draft !== task.title && <SensitiveWarning workspace={task.workspace_id} text={draft} />
      )}
    </div>
  );
}
