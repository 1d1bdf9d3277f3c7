import { useState, type SubmitEvent } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import { sentence, type Board, type BoardLabel } from '@/api';
import { useChangeLabel, useCreateLabel, useDeleteLabel, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { Button, ColorPicker, Confirm, Dialog, Failure, IconButton, Label, TextField, type ColorName } from '@/ui';
import css from './ColumnDialogs.module.css';

export function LabelsDialog({ place, board, onClose }: { place: Place; board: Board; onClose: () => void }) {
  const create = useCreateLabel(place);
  const [name, setName] = useState('');
  const [color, setColor] = useState<ColorName>('green');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ name, color }, { onSuccess: () => setName('') });
  };
  return (
    <Dialog title={t('label.title')} onClose={onClose}>
      <ul className={css.labels}>
        {board.labels.map(label => (
          <LabelRow key={label.id} place={place} label={label} />
        ))}
      </ul>
      <form className={css.new} onSubmit={submit}>
        <TextField label={t('label.new')} value={name} onChange={event => setName(event.target.value)} />
        <ColorPicker label={t('project.color')} value={color} onChange={setColor} />
        {create.isError && <Failure text={sentence(create.error)} />}
        <div>
          <Button type="submit" look="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('label.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LabelRow({ place, label }: { place: Place; label: BoardLabel }) {
  const change = useChangeLabel(place);
  const remove = useDeleteLabel(place);
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const [name, setName] = useState(label.name);
  const shown = label.name || t(`color.${label.color}`);
  return (
    <li className={css.label}>
      <span>
        <Label name={label.name} color={label.color} />
      </span>
      <IconButton
        tiny
        label={t('label.edit', { name: shown })}
        onClick={() => setOpen(open === 'edit' ? null : 'edit')}
      >
        <Pencil size={14} />
      </IconButton>
      <IconButton tiny label={t('label.delete', { name: shown })} onClick={() => setOpen('delete')}>
        <Trash2 size={14} />
      </IconButton>
      {open === 'edit' && (
        <form
          className={css.picker}
          onSubmit={event => {
            event.preventDefault();
            change.mutate({ label: label.id, name }, { onSuccess: () => setOpen(null) });
          }}
        >
          <TextField label={t('label.name')} value={name} onChange={event => setName(event.target.value)} />
          <ColorPicker
            label={t('project.color')}
            value={label.color}
            onChange={color => change.mutate({ label: label.id, color })}
          />
          {change.isError && <Failure text={sentence(change.error)} />}
          <div>
            <Button type="submit" size="small" busy={change.isPending}>
              {t('common.save')}
            </Button>
          </div>
        </form>
      )}
      {open === 'delete' && (
        <Confirm
          title={t('label.delete', { name: shown })}
          text={t('label.delete_text')}
          act={t('label.delete_act')}
          isDangerous
          onClose={() => setOpen(null)}
          onAct={() => remove.mutateAsync(label.id)}
        />
      )}
    </li>
  );
}
