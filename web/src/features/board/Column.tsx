import { memo, useEffect, useRef, useState } from 'react';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { Plus } from 'lucide-react';
import type { BoardStatus, Card } from '@/api';
import { StatusIcon, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { IconButton } from '@/ui';
import { BoardCard, type CardActs } from './BoardCard';
import type { Lookup } from './CardFace';
import css from './Column.module.css';
import { ColumnMenu } from './ColumnMenu';
import { QuickAdd } from './QuickAdd';
import { useGrowing } from './useGrowing';

type ColumnProps = {
  status: BoardStatus;
  cards: Card[];
  place: Place;
  lookup: Lookup;
  acts: CardActs;
  tabStop: string | undefined;
  held: string | undefined;
  open: string | undefined;
  failed: ReadonlyMap<string, Error>;
  canEdit: boolean;
};

export const Column = memo(function Column({
  status,
  cards,
  place,
  lookup,
  acts,
  tabStop,
  held,
  open,
  failed,
  canEdit,
}: ColumnProps) {
  const list = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const needed = [tabStop, held].map(id => cards.findIndex(card => card.id === id));
  const opened = open ? cards.findIndex(card => open === `${lookup.key}-${card.number}`) : -1;
  const least = Math.max(...needed, opened) + 1;
  const { head, tail, gap, height } = useGrowing({ count: cards.length, least, isAtEnd: isAdding, scroller: list });
  const isDone = status.group === 'completed' || status.group === 'cancelled';

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => 'card' in source.data,
      getData: () => ({ status: status.id }),
      onDropTargetChange: ({ location }) => setOver(location.current.dropTargets[0]?.element === element),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
  }, [status.id]);

  useEffect(() => {
    if (isAdding) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [isAdding, cards.length]);

  const draw = (card: Card) => (
    <BoardCard
      key={card.id}
      card={card}
      lookup={lookup}
      acts={acts}
      isDone={isDone}
      isTabStop={card.id === tabStop}
      isHeld={card.id === held}
      isOpen={open === `${lookup.key}-${card.number}`}
      problem={failed.get(card.id) ?? null}
    />
  );
  return (
    <section
      className={css.column}
      data-status={status.id}
      aria-label={t('board.column', { name: status.name, count: cards.length })}
    >
      <header className={css.head}>
        <StatusIcon group={status.group} color={status.color} />
        <h2 className={css.name} dir="auto">
          {status.name}
        </h2>
        <span className={css.count}>{cards.length}</span>
        {canEdit && (
          <span className={css.acts}>
            <IconButton tiny label={t('board.add_to', { name: status.name })} onClick={() => setAdding(true)}>
              <Plus size={15} />
            </IconButton>
            <ColumnMenu place={place} status={status} count={cards.length} />
          </span>
        )}
      </header>
      <div ref={list} className={css.scroll} data-over={isOver}>
        <ul className={css.cards}>
          {cards.slice(0, head).map(draw)}
          {height > 0 && <li ref={gap} aria-hidden style={{ blockSize: height }} />}
          {cards.slice(cards.length - tail).map(draw)}
        </ul>
        {isAdding && <QuickAdd place={place} status={status.id} onClose={() => setAdding(false)} />}
        {!isAdding && canEdit && (
          <button type="button" className={css.add} onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            {t('board.add')}
          </button>
        )}
      </div>
    </section>
  );
});
