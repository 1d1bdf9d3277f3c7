import { Timer } from 'lucide-react';
import type { Task } from '@/api';
import { t } from '@/i18n';
import type { FieldProps } from './fields';
import css from './fields.module.css';
import { PickerField } from './PickerField';

type EstimateFieldProps = Omit<FieldProps, 'board' | 'task'> & { task: Pick<Task, 'estimate_minutes'> };

const usualEstimates = [15, 30, 60, 120, 240, 480, 960, 2400];
const mostMinutes = 100_000; // what the server takes

/** "2 h 30 min". */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && t('duration.hours', { hours }), rest > 0 && t('duration.minutes', { minutes: rest })]
    .filter(Boolean)
    .join(' ');
}

/** What somebody typed: "90", "90 min", "1.5 h", "1h 30". Nothing, unless it says how long. */
export function minutesOf(words: string): number | undefined {
  const said = /^(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*(?:m|mins?|minutes?)?)?$/i.exec(words.trim());
  const minutes = said ? Math.round(Number((said[1] ?? '0').replace(',', '.')) * 60) + Number(said[2] ?? 0) : 0;
  return minutes > 0 && minutes <= mostMinutes ? minutes : undefined;
}

export function EstimateField({ task, keys, isCompact, onChange }: EstimateFieldProps) {
  const now = task.estimate_minutes ?? null;
  const choose = (minutes: number | null) => minutes !== now && onChange({ estimate_minutes: minutes });
  const choices = [...new Set([...usualEstimates, ...(now ? [now] : [])])].sort((a, b) => a - b);
  return (
    <PickerField
      label={t('task.estimate')}
      keys={keys}
      isCompact={isCompact}
      choices={[
        { id: '', words: t('common.none') },
        ...choices.map(minutes => ({ id: String(minutes), words: durationWords(minutes) })),
      ]}
      chosen={[now ? String(now) : '']}
      onPick={id => choose(id ? Number(id) : null)}
      onCreate={words => choose(minutesOf(words) ?? now)}
      offer={words => {
        const minutes = minutesOf(words);
        return minutes === undefined ? undefined : durationWords(minutes);
      }}
    >
      {now && <Timer size={15} className={css.blank} aria-hidden />}
      <span className={now ? css.text : css.none}>{now ? durationWords(now) : t('common.none')}</span>
    </PickerField>
  );
}
