import { Tag, UserRound } from 'lucide-react';
import type { Board, BoardStatus, Card, Priority, TaskChange } from '@/api';
import { classes } from '@/base/classes';
import { t } from '@/i18n';
import { Avatar, Avatars, ColorDot, Label } from '@/ui';
import css from './fields.module.css';
import { PriorityIcon, StatusIcon } from './icons';
import { PickerField } from './PickerField';
import { useOwnOrder } from './usePeople';

/** What all fields work on: a card, or a task, which holds the same members. */
export type Fielded = Pick<Card, 'status_id' | 'priority' | 'assignee_ids' | 'label_ids'> & {
  due_at?: string | null;
  start_on?: string | null;
  completed_at?: string | null;
};
export type FieldProps = {
  board: Pick<Board, 'statuses' | 'labels' | 'people'>;
  task: Fielded;
  keys?: string;
  isCompact?: boolean;
  onChange: (change: TaskChange) => void;
};

export const priorities: Priority[] = ['urgent', 'high', 'medium', 'low', 'none'];

export function isPriority(id: string): id is Priority {
  return (priorities as string[]).includes(id);
}

export function statusChoices(statuses: BoardStatus[]) {
  return statuses.map(status => ({
    id: status.id,
    words: status.name,
    icon: <StatusIcon group={status.group} color={status.color} />,
  }));
}

export function toggled(ids: readonly string[] | undefined, id: string): string[] {
  const now = ids ?? [];
  return now.includes(id) ? now.filter(one => one !== id) : [...now, id];
}

export function StatusField({ board, task, keys, isCompact, onChange }: FieldProps) {
  const status = board.statuses.find(one => one.id === task.status_id);
  return (
    <PickerField
      label={t('task.status')}
      keys={keys}
      isCompact={isCompact}
      choices={statusChoices(board.statuses)}
      chosen={[task.status_id]}
      onPick={id => id !== task.status_id && onChange({ status_id: id })}
    >
      {status && <StatusIcon group={status.group} color={status.color} />}
      <span className={css.text} dir="auto">
        {status?.name}
      </span>
    </PickerField>
  );
}

export function PriorityField({ task, keys, isCompact, onChange }: FieldProps) {
  const priority = task.priority ?? 'none';
  return (
    <PickerField
      label={t('task.priority')}
      keys={keys}
      isCompact={isCompact}
      choices={priorities.map(id => ({ id, words: t(`priority.${id}`), icon: <PriorityIcon priority={id} /> }))}
      chosen={[priority]}
      onPick={id => isPriority(id) && id !== priority && onChange({ priority: id })}
    >
      <PriorityIcon priority={priority} />
      <span
        className={classes(priority === 'none' ? css.none : css.text, isCompact && priority === 'none' && 'only-read')}
      >
        {t(`priority.${priority}`)}
      </span>
    </PickerField>
  );
}

export function AssigneesField({ board, task, keys, isCompact, onChange }: FieldProps) {
  const ids = task.assignee_ids ?? [];
  const people = board.people.filter(person => ids.includes(person.id));
  const choosable = useOwnOrder(board.people);
  const [only] = people;
  return (
    <PickerField
      label={t('task.assignees')}
      keys={keys}
      isMulti
      isCompact={isCompact}
      choices={choosable.map(person => ({ id: person.id, words: person.name, icon: <Avatar person={person} /> }))}
      chosen={ids}
      onPick={id => onChange({ assignee_ids: toggled(ids, id) })}
    >
      {!only && isCompact && <UserRound size={15} className={css.blank} aria-hidden />}
      {!only && <span className={isCompact ? 'only-read' : css.none}>{t('task.nobody')}</span>}
      {only && people.length === 1 && !isCompact && (
        <span className={css.person}>
          <Avatar person={only} />
          <span className={css.text} dir="auto">
            {only.name}
          </span>
        </span>
      )}
      {only && (people.length > 1 || isCompact) && <Avatars people={people} most={6} />}
    </PickerField>
  );
}

export function LabelsField({
  board,
  task,
  keys,
  isCompact,
  onChange,
  onCreate,
}: FieldProps & { onCreate?: (name: string) => void }) {
  const ids = task.label_ids ?? [];
  const labels = board.labels.filter(label => ids.includes(label.id));
  return (
    <PickerField
      label={t('task.labels')}
      keys={keys}
      isMulti
      isCompact={isCompact}
      choices={board.labels.map(label => ({
        id: label.id,
        words: label.name || t(`color.${label.color}`),
        icon: <ColorDot color={label.color} />,
      }))}
      chosen={ids}
      onPick={id => onChange({ label_ids: toggled(ids, id) })}
      onCreate={onCreate}
    >
      {labels.length === 0 && isCompact && <Tag size={15} className={css.blank} aria-hidden />}
      {labels.length === 0 && <span className={isCompact ? 'only-read' : css.none}>{t('common.none')}</span>}
      <span className={css.many}>
        {labels.map(label => (
          <Label key={label.id} name={label.name} color={label.color} />
        ))}
      </span>
    </PickerField>
  );
}
