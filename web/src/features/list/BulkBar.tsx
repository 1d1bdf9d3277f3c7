import { Archive, X } from 'lucide-react';
import { sentence, type Board, type TaskChange } from '@/api';
import { isPriority, priorities, useChangeTasks, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { Button, Failure, IconButton, SelectField } from '@/ui';
import css from './ListView.module.css';

/** One change for all that are chosen. A bar at the foot, so that the rows stay where they are. */
export function BulkBar({
  place,
  board,
  ids,
  onClear,
}: {
  place: Place;
  board: Board;
  ids: string[];
  onClear: () => void;
}) {
  const change = useChangeTasks(place);
  const apply = (wish: TaskChange) => change.mutate({ ids, change: wish });
  return (
    <div className={css.bulk} role="group" aria-label={t('list.chosen', { count: ids.length })}>
      <strong>{t('list.chosen', { count: ids.length })}</strong>
      <SelectField
        label={t('task.status')}
        isLabelHidden
        value=""
        onChange={event => apply({ status_id: event.target.value })}
      >
        <option value="" disabled>
          {t('task.status')}
        </option>
        {board.statuses.map(status => (
          <option key={status.id} value={status.id}>
            {status.name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('task.priority')}
        isLabelHidden
        value=""
        onChange={event => isPriority(event.target.value) && apply({ priority: event.target.value })}
      >
        <option value="" disabled>
          {t('task.priority')}
        </option>
        {priorities.map(priority => (
          <option key={priority} value={priority}>
            {t(`priority.${priority}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('task.assignees')}
        isLabelHidden
        value=""
        onChange={event => apply({ assignee_ids: event.target.value === 'nobody' ? [] : [event.target.value] })}
      >
        <option value="" disabled>
          {t('task.assignees')}
        </option>
        <option value="nobody">{t('task.nobody')}</option>
        {board.people.map(person => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </SelectField>
      <Button look="quiet" onClick={() => apply({ archived: true })}>
        <Archive size={15} aria-hidden />
        {t('task.archive')}
      </Button>
      <IconButton label={t('list.clear')} onClick={onClear}>
        <X size={16} />
      </IconButton>
      {change.isError && <Failure text={sentence(change.error)} again={() => change.mutate(change.variables)} />}
    </div>
  );
}
