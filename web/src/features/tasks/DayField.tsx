import { useState } from 'react';
import { Calendar } from 'lucide-react';
import { classes } from '@/base/classes';
import { dayAfter, dayOf, endOfDay, shortDay } from '@/base/dates';
import { t } from '@/i18n';
import { Popover, TextField, useShortcut } from '@/ui';
import { DueDate } from './DueDate';
import css from './fields.module.css';
import type { FieldProps } from './fields';

type DayFieldProps = {
  label: string;
  keys?: string;
  isCompact?: boolean;
  day: string | null;
  onChange: (day: string | null) => void;
  children: React.ReactNode;
};

function daysToMonday(): number {
  return (8 - new Date().getDay()) % 7 || 7;
}

function DayField({ label, keys, isCompact, day, onChange, children }: DayFieldProps) {
  const [isOpen, setOpen] = useState(false);
  useShortcut(keys ?? '', () => setOpen(true), keys !== undefined);
  const choose = (next: string | null) => {
    if (next !== day) onChange(next);
    setOpen(false);
  };
  const quick = [
    { words: t('day.today'), day: dayAfter(0) },
    { words: t('day.tomorrow'), day: dayAfter(1) },
    { words: t('day.next_week'), day: dayAfter(daysToMonday()) },
  ];
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      label={label}
      width={240}
      button={
        <button
          type="button"
          className={classes(css.value, isCompact && css.compact)}
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          <span className="only-read">{label}:</span>
          {children}
        </button>
      }
    >
      <form
        className={css.due}
        onSubmit={event => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('day');
          choose(typeof typed === 'string' && typed !== '' ? typed : null);
        }}
      >
        <TextField
          label={label}
          isLabelHidden
          name="day"
          type="date"
          defaultValue={day ?? ''}
          max="9999-12-31"
          data-autofocus
        />
        {quick.map(choice => (
          <button key={choice.words} type="button" className={css.quick} onClick={() => choose(choice.day)}>
            {choice.words}
            <span>{shortDay(`${choice.day}T12:00:00`)}</span>
          </button>
        ))}
        {day && (
          <button type="button" className={css.quick} onClick={() => choose(null)}>
            {t('day.remove')}
          </button>
        )}
        <button type="submit" className={css.quick}>
          {t('day.set')}
          <span>{t('keys.name.enter')}</span>
        </button>
      </form>
    </Popover>
  );
}

export function DueField({ task, keys, isCompact, onChange }: FieldProps) {
  return (
    <DayField
      label={t('task.due')}
      keys={keys}
      isCompact={isCompact}
      day={task.due_at ? dayOf(task.due_at) : null}
      onChange={day => onChange({ due_at: day && endOfDay(day) })}
    >
      {task.due_at && <DueDate due={task.due_at} isDone={Boolean(task.completed_at)} />}
      {!task.due_at && isCompact && <Calendar size={15} className={css.blank} aria-hidden />}
      {!task.due_at && <span className={isCompact ? 'only-read' : css.none}>{t('common.none')}</span>}
    </DayField>
  );
}

export function StartField({ task, isCompact, onChange }: FieldProps) {
  return (
    <DayField
      label={t('task.start')}
      isCompact={isCompact}
      day={task.start_on ?? null}
      onChange={day => onChange({ start_on: day })}
    >
      {task.start_on ? (
        <>
          <Calendar size={13} aria-hidden />
          {shortDay(`${task.start_on}T12:00:00`)}
        </>
      ) : (
        <span className={css.none}>{t('common.none')}</span>
      )}
    </DayField>
  );
}
