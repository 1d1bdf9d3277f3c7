import { useState, type SubmitEvent } from 'react';
import type { Project, TaskChange } from '@/api';
import { t } from '@/i18n';
import { Button, Dialog, DialogFoot, SelectField, TextArea } from '@/ui';
import css from './CreateTaskDialog.module.css';
import { DueField } from './DayField';
import { AssigneesField, LabelsField, PriorityField, StatusField, type Fielded } from './fields';
import { useBoard } from './queries';
import { SaveFailure, SensitiveWarning } from './Sensitive';
import { newIdempotencyKey, useCreateTask } from './useCreateTask';

type CreateProps = { workspace: string; projects: Project[]; project: string; onClose: () => void };

/** Creates a task from anywhere; Enter saves, Ctrl-Enter saves and starts the next. */
export function CreateTaskDialog({ workspace, projects, project: first, onClose }: CreateProps) {
  const [project, setProject] = useState(first);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [fields, setFields] = useState<Partial<Fielded>>({});
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const place = { workspace, project };
  const board = useBoard(place);
  const create = useCreateTask(place);
  const firstStatus = board.data?.statuses.find(status => status.group === 'unstarted') ?? board.data?.statuses[0];
  const task: Fielded = { ...fields, status_id: fields.status_id ?? firstStatus?.id ?? '' };
  const onChange = (change: TaskChange) => setFields(now => ({ ...now, ...change }));

  const [last, setLast] = useState<'close' | 'another'>('close');

  const save = (next: 'close' | 'another', keep_sensitive?: true) => {
    if (title.trim() === '') return;
    setLast(next);
    const { start_on, due_at, completed_at, ...plain } = task;
    const days = { ...(start_on ? { start_on } : {}), ...(due_at ? { due_at } : {}) };
    create.mutate(
      {
        title: title.trim(),
        ...(description ? { description } : {}),
        ...plain,
        ...days,
        keep_sensitive,
        idempotencyKey,
      },
      {
        onSuccess: () => {
          if (next === 'close') return onClose();
          setTitle('');
          setDescription('');
          setKey(newIdempotencyKey());
        },
      },
    );
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save('close');
  };
  return (
    <Dialog title={t('create.title')} width={560} onClose={onClose}>
      {/* Ctrl-Enter works in each of its fields. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className={css.form}
        onSubmit={submit}
        onKeyDown={event => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save('another')}
      >
        <input
          className={css.title}
          aria-label={t('task.title')}
          placeholder={t('task.title')}
          dir="auto"
          data-autofocus
          value={title}
          onChange={event => setTitle(event.target.value)}
        />
        <TextArea
          label={t('task.description')}
          isLabelHidden
          placeholder={t('create.description')}
          rows={3}
          dir="auto"
          value={description}
          onChange={event => setDescription(event.target.value)}
        />
        {board.data && (
          <div className={css.fields}>
            <StatusField board={board.data} task={task} isCompact onChange={onChange} />
            <PriorityField board={board.data} task={task} isCompact onChange={onChange} />
            <AssigneesField board={board.data} task={task} isCompact onChange={onChange} />
            <LabelsField board={board.data} task={task} isCompact onChange={onChange} />
            <DueField board={board.data} task={task} isCompact onChange={onChange} />
          </div>
        )}
        {projects.length > 1 && (
          <SelectField
            label={t('create.project')}
            value={project}
            onChange={event => {
              setProject(event.target.value);
              setFields({});
            }}
          >
            {projects.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        {create.isError ? (
          <SaveFailure error={create.error} keep={() => save(last, true)} />
        ) : (
          <SensitiveWarning workspace={workspace} text={`${title}\n${description}`} />
        )}
        <DialogFoot>
          <Button busy={create.isPending} disabled={title.trim() === ''} onClick={() => save('another')}>
            {t('create.another')}
          </Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={title.trim() === ''}>
            {t('create.act')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
