import { useState } from 'react';
import { ListFilter, X } from 'lucide-react';
import type { Board } from '@/api';
import { t } from '@/i18n';
import { Button, IconButton, Popover, SelectField, TextField, useShortcut } from '@/ui';
import { dueFilters, isFiltering, type Filter } from './filter';
import css from './FilterBar.module.css';

type FilterProps = { board: Board; filter: Filter; shown: number; onChange: (filter: Filter) => void };

export function FilterButton({ board, filter, shown, onChange }: FilterProps) {
  const [isOpen, setOpen] = useState(false);
  useShortcut('f', () => setOpen(true));
  const isOn = isFiltering(filter);
  const set = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  return (
    <>
      {isOn && (
        <span className={css.on}>
          <span>{t('filter.shown', { count: shown })}</span>
          <IconButton tiny label={t('filter.clear')} onClick={() => onChange({})}>
            <X size={14} />
          </IconButton>
        </span>
      )}
      <Popover
        isOpen={isOpen}
        onOpenChange={setOpen}
        label={t('filter.title')}
        placement="bottom-end"
        width={280}
        button={
          <IconButton label={t('filter.title')} keys="f" aria-pressed={isOn} onClick={() => setOpen(!isOpen)}>
            <ListFilter size={16} />
          </IconButton>
        }
      >
        <form
          className={css.form}
          onSubmit={event => {
            event.preventDefault();
            setOpen(false);
          }}
        >
          <TextField
            label={t('filter.text')}
            data-autofocus
            value={filter.q ?? ''}
            onChange={event => set({ q: event.target.value || undefined })}
          />
          <SelectField
            label={t('filter.assignee')}
            value={filter.assignee ?? ''}
            onChange={event => set({ assignee: event.target.value || undefined })}
          >
            <option value="">{t('filter.anyone')}</option>
            <option value="nobody">{t('task.nobody')}</option>
            {board.people.map(person => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('filter.label')}
            value={filter.label ?? ''}
            onChange={event => set({ label: event.target.value || undefined })}
          >
            <option value="">{t('filter.any')}</option>
            {board.labels.map(label => (
              <option key={label.id} value={label.id}>
                {label.name || t(`color.${label.color}`)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t('filter.due')}
            value={filter.due ?? ''}
            onChange={event => set({ due: dueFilters.find(one => one === event.target.value) })}
          >
            <option value="">{t('filter.any')}</option>
            {dueFilters.map(due => (
              <option key={due} value={due}>
                {t(`filter.due.${due}`)}
              </option>
            ))}
          </SelectField>
          <Button look="quiet" disabled={!isOn} onClick={() => onChange({})}>
            {t('filter.clear')}
          </Button>
        </form>
      </Popover>
    </>
  );
}
