import type { Card } from '@/api';
import type { Move } from '@/features/tasks';

export type Columns = { status: string; cards: Card[] }[];
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export function isArrow(key: string): key is Arrow {
  return key.startsWith('Arrow');
}

function find(columns: Columns, id: string): [number, number] | null {
  for (const [column, { cards }] of columns.entries()) {
    const row = cards.findIndex(card => card.id === id);
    if (row >= 0) return [column, row];
  }
  return null;
}

/** The card an arrow leads to; sideways it keeps the height and passes over empty columns. */
export function neighbour(columns: Columns, id: string, arrow: Arrow): string | null {
  const at = find(columns, id);
  if (!at) return null;
  const [column, row] = at;
  if (arrow === 'ArrowUp') return columns[column]?.cards[row - 1]?.id ?? null;
  if (arrow === 'ArrowDown') return columns[column]?.cards[row + 1]?.id ?? null;
  const step = arrow === 'ArrowRight' ? 1 : -1;
  for (let next = column + step; next >= 0 && next < columns.length; next += step) {
    const cards = columns[next]?.cards ?? [];
    const card = cards[Math.min(row, cards.length - 1)];
    if (card) return card.id;
  }
  return null;
}

/** Where an arrow puts a card that is held. */
export function carried(columns: Columns, id: string, arrow: Arrow): Move | null {
  const at = find(columns, id);
  if (!at) return null;
  const [column, row] = at;
  const here = columns[column];
  if (!here) return null;
  if (arrow === 'ArrowUp') {
    const above = here.cards[row - 1];
    return above ? { status_id: here.status, before_id: above.id } : null;
  }
  if (arrow === 'ArrowDown') {
    const below = here.cards[row + 1];
    return below ? { status_id: here.status, after_id: below.id } : null;
  }
  const there = columns[column + (arrow === 'ArrowRight' ? 1 : -1)];
  if (!there) return null;
  const beside = there.cards[row];
  return beside ? { status_id: there.status, before_id: beside.id } : { status_id: there.status };
}

/** The place of a card in words: column, its row, and how many there are. */
export function whereabouts(columns: Columns, id: string): { status: string; row: number; count: number } | null {
  const at = find(columns, id);
  const column = at && columns[at[0]];
  return column ? { status: column.status, row: at[1] + 1, count: column.cards.length } : null;
}
