import type { Card } from '@/api';
import { dueGroup } from '@/base/dates';

export const dueFilters = ['overdue', 'today', 'week', 'none'] as const;
export type DueFilter = (typeof dueFilters)[number];

/** What the address asks to see; an empty filter shows all. */
export type Filter = { q?: string; assignee?: string; label?: string; due?: DueFilter };

export function isFiltering(filter: Filter): boolean {
  return Boolean(filter.q ?? filter.assignee ?? filter.label ?? filter.due);
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** `nobody` as an assignee finds what nobody has taken. */
export function shows(filter: Filter, project: { key: string }, now: Date): (card: Card) => boolean {
  const wanted = fold(filter.q?.trim() ?? '');
  return card => {
    if (wanted && !fold(card.title).includes(wanted) && !fold(`${project.key}-${card.number}`).includes(wanted))
      return false;
    if (filter.assignee === 'nobody' && card.assignee_ids?.length) return false;
    if (filter.assignee && filter.assignee !== 'nobody' && !card.assignee_ids?.includes(filter.assignee)) return false;
    if (filter.label && !card.label_ids?.includes(filter.label)) return false;
    if (filter.due === 'none') return !card.due_at;
    if (filter.due === 'overdue') return !card.completed_at && dueGroup(card.due_at, now) === 'overdue';
    if (filter.due === 'today') return dueGroup(card.due_at, now) === 'today';
    if (filter.due === 'week') return ['today', 'week'].includes(dueGroup(card.due_at, now));
    return true;
  };
}

/** The part of an address after `?`, read with suspicion. */
export function filterFrom(search: Record<string, unknown>): Filter {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const due = dueFilters.find(one => one === search.due);
  const filter = { q: text('q'), assignee: text('assignee'), label: text('label'), due };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}
