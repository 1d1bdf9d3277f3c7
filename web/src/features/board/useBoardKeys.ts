import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { BoardStatus, Card } from '@/api';
import { moved, placeOf, useTaskCaches, type Move, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { announce } from '@/ui';
import { carried, isArrow, neighbour, whereabouts, type Columns } from './walk';

type Held = { id: string; title: string; from: Move };
type BoardKeys = {
  place: Place;
  columns: Columns;
  statuses: BoardStatus[];
  canEdit: boolean;
  onOpen: (card: Card) => void;
  onDrop: (id: string, to: Move, from: Move) => void;
};

const isSame = (one: Move, other: Move) => JSON.stringify(one) === JSON.stringify(other);

export function focusCard(id: string): void {
  const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Arrows walk; Space picks up, arrows carry, Space drops, Escape puts back; a live region says where. */
export function useBoardKeys({ place, columns, statuses, canEdit, onOpen, onDrop }: BoardKeys) {
  const caches = useTaskCaches(place.project);
  const [held, setHeld] = useState<Held | null>(null);
  const [focused, setFocused] = useState<string>();
  const carriedTo = useRef<string | null>(null);
  const carriedPlace = useRef<Move | null>(null);
  const walkedTo = useRef<string | null>(null);
  const putBackTo = useRef<{ id: string; status: string } | null>(null);

  const say = (
    word: 'board.said.picked_up' | 'board.said.carried' | 'board.said.dropped',
    title: string,
    id: string,
    now: Columns,
  ) => {
    const where = whereabouts(now, id);
    const name = statuses.find(status => status.id === where?.status)?.name;
    if (where && name !== undefined) announce(t(word, { title, column: name, row: where.row, count: where.count }));
  };

  // A carried card is drawn anew in its next column, so the focus follows it there.
  useEffect(() => {
    if (held?.id === undefined || carriedTo.current !== held.id) return;
    carriedTo.current = null;
    focusCard(held.id);
    say('board.said.carried', held.title, held.id, columns);
  });
  // What others changed meanwhile brings the board anew, in which the card lies where it was picked up.
  useLayoutEffect(() => {
    const board = caches.board();
    const now = held && board && placeOf(board, held.id);
    const kept = carriedPlace.current;
    if (!now || !kept || isSame(now, kept)) return;
    caches.showBoard(board => moved(board, held.id, kept));
    rememberPlace(held.id);
    putBackTo.current = { id: held.id, status: kept.status_id };
  });
  // A card that was too far down to be drawn is drawn by now.
  useEffect(() => {
    if (walkedTo.current === null || walkedTo.current !== focused) return;
    focusCard(walkedTo.current);
    walkedTo.current = null;
  });
  useEffect(() => {
    const back = putBackTo.current;
    if (!back || whereabouts(columns, back.id)?.status !== back.status) return;
    putBackTo.current = null;
    focusCard(back.id);
  });

  const rememberPlace = (id: string) => {
    const board = caches.board();
    carriedPlace.current = board ? placeOf(board, id) : null;
  };
  const carry = (one: Held, key: string) => {
    if (!isArrow(key)) return;
    const to = carried(columns, one.id, key);
    if (!to) return;
    carriedTo.current = one.id;
    caches.showBoard(board => moved(board, one.id, to));
    rememberPlace(one.id);
  };
  const putBack = (one: Held) => {
    carriedPlace.current = null;
    caches.showBoard(board => moved(board, one.id, one.from));
    setHeld(null);
    announce(t('board.said.put_back', { title: one.title }));
    putBackTo.current = { id: one.id, status: one.from.status_id };
  };
  const drop = (one: Held) => {
    const board = caches.board();
    const to = board && placeOf(board, one.id);
    carriedPlace.current = null;
    setHeld(null);
    say('board.said.dropped', one.title, one.id, columns);
    if (to && !isSame(to, one.from)) onDrop(one.id, to, one.from);
  };
  const pickUp = (card: Card) => {
    const board = caches.board();
    const from = board && placeOf(board, card.id);
    if (!from) return;
    setHeld({ id: card.id, title: card.title, from });
    say('board.said.picked_up', card.title, card.id, columns);
  };

  const onKey = (event: KeyboardEvent, card: Card) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (held) {
      if (event.key === 'Tab') putBack(held);
      else event.preventDefault();
      if (event.key === 'Escape') putBack(held);
      else if (event.key === ' ' || event.key === 'Enter') drop(held);
      else carry(held, event.key);
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      if (canEdit) pickUp(card);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(card);
    } else if (isArrow(event.key)) {
      event.preventDefault();
      const next = neighbour(columns, card.id, event.key);
      if (!next) return;
      setFocused(next);
      walkedTo.current = next;
    }
  };
  return { onKey, onFocus: (card: Card) => setFocused(card.id), focused, held };
}
