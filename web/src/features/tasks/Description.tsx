import { Suspense, useState } from 'react';
import type { Task } from '@/api';
import { MarkdownEditor, Mentioned } from '@/features/markdown';
import { t } from '@/i18n';
import { Bone, Bones, Notice } from '@/ui';
import css from './Description.module.css';
import { SaveFailure, SensitiveWarning } from './Sensitive';
import { useChangeTask } from './useChangeTask';
import { useKnownPeople } from './usePeople';

export function Description({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const change = useChangeTask({ workspace: task.workspace_id, project: task.project_id });
  const people = useKnownPeople(task.workspace_id);
  const [isEditing, setEditing] = useState(false);
  const [start, setStart] = useState(task.description);
  const [isOvertaken, setOvertaken] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const edit = () => {
    setStart(task.description);
    setOvertaken(false);
    setTyped(null);
    change.reset();
    setEditing(true);
  };
  const save = (description: string, keep_sensitive?: true) => {
    if (description === task.description) return setEditing(false);
    // Somebody else's words are not written over unseen; a second time they are.
    if (task.description !== start && !change.isPending) {
      setStart(task.description);
      setOvertaken(true);
      return;
    }
    change.mutate({ task: task.id, change: { description, keep_sensitive } }, { onSuccess: () => setEditing(false) });
  };
  const skeleton = (
    <Bones>
      <Bone width="100%" height={48} />
    </Bones>
  );
  if (isEditing) {
    return (
      <Suspense fallback={skeleton}>
        <MarkdownEditor
          label={t('task.description')}
          text={start}
          people={people}
          isBusy={change.isPending}
          onSave={text => save(text)}
          onType={setTyped}
          onCancel={() => setEditing(false)}
        />
        {isOvertaken && <Notice>{t('task.description_overtaken')}</Notice>}
        {change.isError ? (
          <SaveFailure error={change.error} keep={() => save(change.variables.change.description ?? '', true)} />
        ) : (
          typed !== null && <SensitiveWarning workspace={task.workspace_id} text={typed} />
        )}
      </Suspense>
    );
  }
  if (task.description === '') {
    return (
      canEdit && (
        <button type="button" className={css.empty} onClick={edit}>
          {t('task.add_description')}
        </button>
      )
    );
  }
  return (
    <div className={css.text}>
      <Suspense fallback={skeleton}>
        <Mentioned text={task.description} people={people} />
      </Suspense>
      {canEdit && (
        <button type="button" className={css.edit} onClick={edit}>
          {t('task.edit_description')}
        </button>
      )}
    </div>
  );
}
