import { useState } from 'react';
import { sentence, type Task } from '@/api';
import { t } from '@/i18n';
import { Failure } from '@/ui';
import css from './TaskPanel.module.css';
import { useChangeTask } from './useChangeTask';

/** The heading is the field: Enter or leaving it saves, Escape brings back what was there. */
export function TaskTitle({ task }: { task: Task }) {
  const change = useChangeTask({ workspace: task.workspace_id, project: task.project_id });
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const title = draft?.trim();
    if (title && title !== task.title)
      change.mutate({ task: task.id, change: { title } }, { onSuccess: () => setDraft(null) });
    else setDraft(null);
  };
  return (
    <div>
      <textarea
        className={css.title}
        aria-label={t('task.title')}
        rows={1}
        dir="auto"
        value={draft ?? task.title}
        onChange={event => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={save}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            event.currentTarget.blur();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
      {change.isError && <Failure text={sentence(change.error)} again={save} />}
    </div>
  );
}
