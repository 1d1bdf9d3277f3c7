import { language } from '@/i18n';

const dayLength = 86_400_000;

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** Whole calendar days from `now` to `at`, in the reader's time zone. */
export function daysUntil(at: Date, now: Date): number {
  return Math.round((startOfDay(at) - startOfDay(now)) / dayLength);
}

export type Urgency = 'late' | 'soon' | 'later' | 'met';

/** Red when late, amber within a day, silent once the task is done. */
export function urgency(due: string, isDone: boolean, now: Date): Urgency {
  if (isDone) return 'met';
  const left = new Date(due).getTime() - now.getTime();
  if (left < 0) return 'late';
  return left < dayLength ? 'soon' : 'later';
}

export type DueGroup = 'overdue' | 'today' | 'week' | 'later' | 'none';

export function dueGroup(due: string | null | undefined, now: Date): DueGroup {
  if (!due) return 'none';
  const at = new Date(due);
  if (at.getTime() < now.getTime() && daysUntil(at, now) < 0) return 'overdue';
  const days = daysUntil(at, now);
  if (days <= 0) return at.getTime() < now.getTime() ? 'overdue' : 'today';
  return days <= 7 ? 'week' : 'later';
}

const formats = new Map<string, Intl.DateTimeFormat>();

type Manner = { language: string; timeZone: string | undefined };
/** The browser's, until somebody chose another: its words are this page's language, its order of day and month is not. */
const usual: Manner = {
  language: typeof navigator === 'undefined' ? language : navigator.language,
  timeZone: undefined,
};
let manner = usual;

/** In whose manner days are written, and in which time zone moments. A day, such as a due date, is the reader's own. */
export function writeDatesAs(wish: { language: string | null; timeZone: string | null }): void {
  const next = { language: wish.language ?? usual.language, timeZone: wish.timeZone ?? undefined };
  try {
    // Making one takes a slow machine longer than a frame: not for what the browser itself says.
    if (wish.language !== null || wish.timeZone !== null)
      new Intl.DateTimeFormat(next.language, { timeZone: next.timeZone });
    manner = next;
  } catch {
    manner = usual; // a name that this browser does not know
  }
  formats.clear();
}

function formatted(at: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(manner.language, options)));
  return format.format(at);
}

export function shortDay(time: string, now = new Date()): string {
  const at = new Date(time);
  const sameYear = at.getFullYear() === now.getFullYear();
  return formatted(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

export function longDay(time: string): string {
  return formatted(new Date(time), { day: 'numeric', month: 'long', year: 'numeric' });
}

export function dayAndTime(time: string): string {
  return formatted(new Date(time), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: manner.timeZone,
  });
}

export function ago(time: string, now = new Date()): string {
  const seconds = (new Date(time).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(manner.language, { numeric: 'auto' });
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [
    [60, 'second'],
    [3600, 'minute'],
    [86_400, 'hour'],
    [30 * 86_400, 'day'],
  ];
  let size = 1;
  for (const [limit, unit] of steps) {
    if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / size), unit);
    size = limit === 30 * 86_400 ? size : limit;
  }
  return shortDay(time, now);
}

/** `2026-11-24` of a time, for a date field, in the reader's time zone. */
export function dayOf(time: string): string {
  const at = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The end of a working day, as a time: a due date without an hour is meant so. */
export function endOfDay(day: string): string {
  return new Date(`${day}T17:00:00`).toISOString();
}

export function dayAfter(days: number, now = new Date()): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12).toISOString());
}
