import type { Board, Card, Task, TaskChange } from '@/api';
import { byRank, rankBetween } from '@/base/rank';

/** A move within a project: to a column, beside a neighbour or at its end. */
export type Move = { status_id: string; after_id?: string; before_id?: string };

export function columnOf(board: Board, status: string): Card[] {
  return board.tasks.filter(task => task.status_id === status).sort(byRank);
}

/** Where a card stands now, said so that the same place can be asked for later. */
export function placeOf(board: Board, id: string): Move | null {
  const card = board.tasks.find(task => task.id === id);
  if (!card) return null;
  const column = columnOf(board, card.status_id);
  const index = column.findIndex(task => task.id === id);
  const before = column[index - 1];
  const after = column[index + 1];
  if (before) return { status_id: card.status_id, after_id: before.id };
  return after ? { status_id: card.status_id, before_id: after.id } : { status_id: card.status_id };
}

export function moved(board: Board, id: string, move: Move): Board {
  const card = board.tasks.find(task => task.id === id);
  if (!card) return board;
  const column = columnOf(board, move.status_id).filter(task => task.id !== id);
  const anchor = column.findIndex(task => task.id === (move.after_id ?? move.before_id));
  const index = anchor < 0 ? column.length : move.after_id ? anchor + 1 : anchor;
  const position = rankBetween(column[index - 1]?.position ?? null, column[index]?.position ?? null);
  const placed = { ...card, status_id: move.status_id, position };
  return { ...board, tasks: board.tasks.map(task => (task.id === id ? placed : task)) };
}

/** A card leaves out what is empty. */
function cleared(card: Card): Card {
  const isEmpty = (value: unknown) =>
    [undefined, null, 'none', 0].includes(value as undefined) || (Array.isArray(value) && value.length === 0);
  const filled = Object.entries(card).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries([...filled, ['number', card.number]]) as Card;
}

/** The board's short form of a task. */
export function cardOf(task: Task): Card {
  const done = task.checklist.filter(item => item.done).length;
  return cleared({
    id: task.id,
    number: task.number,
    title: task.title,
    status_id: task.status_id,
    position: task.position,
    priority: task.priority,
    assignee_ids: task.assignee_ids,
    label_ids: task.label_ids,
    start_on: task.start_on ?? undefined,
    due_at: task.due_at ?? undefined,
    completed_at: task.completed_at ?? undefined,
    checklist: task.checklist.length > 0 ? [done, task.checklist.length] : undefined,
    comments: task.comment_count,
    links: task.links.length,
    attachments: task.attachment_count,
    cover: task.cover ?? undefined,
  });
}

export function withCard(board: Board, card: Card): Board {
  const isKnown = board.tasks.some(task => task.id === card.id);
  return {
    ...board,
    tasks: isKnown ? board.tasks.map(task => (task.id === card.id ? card : task)) : [...board.tasks, card],
  };
}

export function withoutCard(board: Board, id: string): Board {
  return { ...board, tasks: board.tasks.filter(task => task.id !== id) };
}

/** What a change does to a card; what a card does not show is passed over. */
export function changed(board: Board, id: string, change: TaskChange): Board {
  const { move, archived, description, checklist, keep_sensitive, ...rest } = change;
  if (archived === true) return withoutCard(board, id);
  const target = move?.status_id ?? rest.status_id;
  const card = board.tasks.find(task => task.id === id);
  if (!card) return board;
  const isElsewhere = target !== undefined && target !== card.status_id;
  const next =
    move || isElsewhere ? moved(board, id, { status_id: target ?? card.status_id, ...anchorOf(move) }) : board;
  return {
    ...next,
    tasks: next.tasks.map(task => {
      if (task.id !== id) return task;
      const { start_on, due_at, cover, status_id, ...plain } = rest;
      const dates = { start_on: start_on ?? undefined, due_at: due_at ?? undefined, cover: cover ?? undefined };
      const named = Object.fromEntries(Object.entries(dates).filter(([key]) => key in rest));
      return cleared({ ...task, ...plain, ...named });
    }),
  };
}

function anchorOf(move: TaskChange['move']): { after_id?: string; before_id?: string } {
  if (move?.after_id) return { after_id: move.after_id };
  return move?.before_id ? { before_id: move.before_id } : {};
}

/** What is brought back in its own way, or never. */
const special = ['move', 'status_id', 'archived', 'checklist', 'keep_sensitive'];
/** What a card shows, with what it leaves out; the rest is known of a whole task only. */
const onCards: TaskChange = {
  title: '',
  priority: 'none',
  assignee_ids: [],
  label_ids: [],
  start_on: null,
  due_at: null,
  cover: null,
};

/** The change that brings back what `change` replaces; only the same members, so that others' work in between stays. */
export function inverse(board: Board | undefined, task: Task | Card, change: TaskChange): TaskChange {
  const back: TaskChange = {};
  const place = board && placeOf(board, task.id);
  if (change.move) back.move = place ?? { status_id: task.status_id };
  if (change.status_id) {
    if (place) back.move = place;
    else back.status_id = task.status_id;
  }
  if (change.archived !== undefined) back.archived = !change.archived;
  const isWhole = 'description' in task;
  const members = Object.keys(change).filter(name => !special.includes(name) && (isWhole || name in onCards));
  const values: Record<string, unknown> = { ...onCards, ...task };
  return { ...back, ...Object.fromEntries(members.map(name => [name, values[name] ?? null])) };
}
