import { useState, type SubmitEvent } from 'react';
import { asProblem, sentence, type BoardStatus, type StatusGroup } from '@/api';
import type { Place } from '@/features/tasks';
import { t } from '@/i18n';
import { Button, ColorPicker, Dialog, DialogFoot, Failure, SelectField, TextField } from '@/ui';
import css from './ColumnDialogs.module.css';
import { useStatuses, type StatusWish } from './useStatuses';

const groups: StatusGroup[] = ['backlog', 'unstarted', 'started', 'completed', 'cancelled'];

function isGroup(value: string): value is StatusGroup {
  return (groups as string[]).includes(value);
}

/** Names a new column, or changes one. */
export function ColumnDialog({ place, status, onClose }: { place: Place; status?: BoardStatus; onClose: () => void }) {
  const { add, change } = useStatuses(place);
  const [wish, setWish] = useState<StatusWish>({
    name: status?.name ?? '',
    color: status?.color ?? 'blue',
    group: status?.group ?? 'started',
  });
  const saving = status ? change : add;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (status) change.mutate({ status: status.id, ...wish }, { onSuccess: onClose });
    else add.mutate(wish, { onSuccess: onClose });
  };
  const atField = asProblem(saving.error)?.field('/name');
  return (
    <Dialog title={status ? t('column.edit') : t('column.new')} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('column.name')}
          required
          data-autofocus
          value={wish.name}
          wrong={atField}
          onChange={event => setWish({ ...wish, name: event.target.value })}
        />
        <SelectField
          label={t('column.group')}
          why={t('column.group_why')}
          value={wish.group}
          onChange={event => isGroup(event.target.value) && setWish({ ...wish, group: event.target.value })}
        >
          {groups.map(group => (
            <option key={group} value={group}>
              {t(`group.${group}`)}
            </option>
          ))}
        </SelectField>
        <ColorPicker label={t('project.color')} value={wish.color} onChange={color => setWish({ ...wish, color })} />
        {saving.isError && !atField && <Failure text={sentence(saving.error)} />}
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={saving.isPending} disabled={wish.name.trim() === ''}>
            {status ? t('common.save') : t('column.add')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

type DeleteProps = { place: Place; status: BoardStatus; count: number; onClose: () => void };

/** The tasks of a deleted column need a new one; where they go is asked before. */
export function DeleteColumnDialog({ place, status, count, onClose }: DeleteProps) {
  const { remove, all } = useStatuses(place);
  const others = all().filter(one => one.id !== status.id);
  const [moveTo, setMoveTo] = useState(others[0]?.id ?? '');
  return (
    <Dialog title={t('column.delete_title', { name: status.name })} onClose={onClose}>
      <div className={css.form}>
        <p>{t('column.delete_text', { count })}</p>
        <SelectField label={t('column.move_to')} value={moveTo} onChange={event => setMoveTo(event.target.value)}>
          {others.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        {remove.isError && <Failure text={sentence(remove.error)} />}
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ status: status.id, moveTo }, { onSuccess: onClose })}
          >
            {t('column.delete')}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
