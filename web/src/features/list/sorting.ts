import type { Board, Card } from '@/api';
import { groupedBy } from '@/base/grouped';
import { byRank } from '@/base/rank';
import { priorities } from '@/features/tasks';

export const groupings = ['status', 'assignee', 'priority', 'none'] as const;
export const orders = ['position', 'due', 'title', 'priority'] as const;
export type Grouping = (typeof groupings)[number];
export type Order = (typeof orders)[number];

export type Group = { id: string; cards: Card[] };

function rankOf(card: Card): number {
  return priorities.indexOf(card.priority ?? 'none');
}

const compare: Record<Order, (a: Card, b: Card) => number> = {
  position: byRank,
  due: (a, b) => (a.due_at ?? '9').localeCompare(b.due_at ?? '9') || byRank(a, b),
  title: (a, b) => a.title.localeCompare(b.title),
  priority: (a, b) => rankOf(a) - rankOf(b) || byRank(a, b),
};

/** Groups in the board's own order; empty groups are left out. */
export function grouped(board: Board, cards: Card[], grouping: Grouping, order: Order): Group[] {
  const sorted = (some: Card[]) => some.toSorted(compare[order]);
  if (grouping === 'none') return cards.length > 0 ? [{ id: 'all', cards: sorted(cards) }] : [];
  const idOf = (card: Card) => {
    if (grouping === 'status') return card.status_id;
    return grouping === 'assignee' ? (card.assignee_ids?.[0] ?? 'nobody') : (card.priority ?? 'none');
  };
  const ids = {
    status: board.statuses.map(status => status.id),
    assignee: [...board.people.map(person => person.id), 'nobody'],
    priority: priorities,
  }[grouping];
  const groups = groupedBy(cards, idOf);
  return ids.flatMap(id => {
    const some = groups.get(id);
    return some ? [{ id, cards: sorted(some) }] : [];
  });
}
