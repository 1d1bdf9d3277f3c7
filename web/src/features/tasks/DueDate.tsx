import { CalendarClock } from 'lucide-react';
import { shortDay, urgency } from '@/base/dates';
import { t } from '@/i18n';
import css from './DueDate.module.css';

export function DueDate({ due, isDone }: { due: string; isDone: boolean }) {
  const state = urgency(due, isDone, new Date());
  return (
    <span className={css.due} data-state={state}>
      <CalendarClock size={13} aria-hidden />
      <span className="only-read">{t(`due.${state}`)}</span>
      <time dateTime={due}>{shortDay(due)}</time>
    </span>
  );
}
