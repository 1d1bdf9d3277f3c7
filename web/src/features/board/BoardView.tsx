import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge';
import { Plus } from 'lucide-react';
import type { Board, Card } from '@/api';
import { groupedBy } from '@/base/grouped';
import { byRank } from '@/base/rank';
import { useChangeTask, type Move, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { announce, Button } from '@/ui';
import type { CardActs } from './BoardCard';
import css from './BoardView.module.css';
import { Column } from './Column';
import { ColumnDialog } from './ColumnDialogs';
import { scrollWhileDragged } from './scrollNear';
import { carryByTouch, type Landing } from './touchCarry';
import { useBoardKeys } from './useBoardKeys';
import type { Columns } from './walk';

type BoardViewProps = {
  place: Place;
  board: Board;
  cards: Card[];
  open: string | undefined;
  canEdit: boolean;
  hrefOf: (card: Card) => string;
  onOpen: (card: Card) => void;
};

type Failed = { problem: Error; to: Move };

export function BoardView({ place, board, cards, open, canEdit, hrefOf, onOpen }: BoardViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const change = useChangeTask(place);
  const [failed, setFailed] = useState<ReadonlyMap<string, Failed>>(new Map());
  const [isNaming, setNaming] = useState(false);

  const columns = useMemo<Columns>(() => {
    const byStatus = groupedBy(cards, card => card.status_id);
    return board.statuses.map(status => ({ status: status.id, cards: (byStatus.get(status.id) ?? []).sort(byRank) }));
  }, [board.statuses, cards]);
  const lookup = useMemo(
    () => ({
      key: board.project.key,
      labels: new Map(board.labels.map(label => [label.id, label])),
      people: new Map(board.people.map(person => [person.id, person])),
    }),
    [board.project.key, board.labels, board.people],
  );

  const move = (id: string, to: Move, from?: Move) => {
    setFailed(now => new Map([...now].filter(([task]) => task !== id)));
    change.mutate(
      { task: id, change: { move: to }, ...(from ? { back: { move: from } } : {}) },
      { onError: problem => setFailed(now => new Map(now).set(id, { problem, to })) },
    );
  };
  const walk = useBoardKeys({ place, columns, statuses: board.statuses, canEdit, onOpen, onDrop: move });

  // The cards are memoised: what they call never changes, and reads the newest of what it needs.
  const latest = useRef({ hrefOf, onOpen, walk, move, failed });
  useEffect(() => {
    latest.current = { hrefOf, onOpen, walk, move, failed };
  });
  const acts = useMemo<CardActs>(
    () => ({
      canMove: canEdit,
      hrefOf: card => hrefOf(card),
      open: card => latest.current.onOpen(card),
      onKey: (event, card) => latest.current.walk.onKey(event, card),
      onFocus: card => latest.current.walk.onFocus(card),
      retry: card => {
        const wish = latest.current.failed.get(card.id);
        if (wish) latest.current.move(card.id, wish.to);
      },
    }),
    [hrefOf, canEdit],
  );

  const land = useCallback((id: string, { status, beside }: Landing) => {
    const place = !beside ? {} : beside.isBelow ? { after_id: beside.id } : { before_id: beside.id };
    latest.current.move(id, { status_id: status, ...place });
    announce(t('task.said.moved'));
  }, []);
  const drop = useCallback(
    (id: unknown, target: Record<string | symbol, unknown> | undefined) => {
      if (typeof id !== 'string' || typeof target?.status !== 'string') return;
      const isBelow = extractClosestEdge(target) === 'bottom';
      const beside = typeof target.beside === 'string' ? { id: target.beside, isBelow } : undefined;
      land(id, { status: target.status, ...(beside ? { beside } : {}) });
    },
    [land],
  );

  useEffect(() => {
    const stopDrops = monitorForElements({
      canMonitor: ({ source }) => 'card' in source.data,
      onDrop: ({ source, location }) => drop(source.data.card, location.current.dropTargets[0]?.data),
    });
    const stopScroll = element.current ? scrollWhileDragged(element.current) : undefined;
    return () => {
      stopDrops();
      stopScroll?.();
    };
  }, [drop]);
  useEffect(() => (element.current && canEdit ? carryByTouch(element.current, land) : undefined), [land, canEdit]);

  const problems = useMemo(() => new Map([...failed].map(([id, { problem }]) => [id, problem])), [failed]);
  const isFocusShown = columns.some(column => column.cards.some(card => card.id === walk.focused));
  const firstCard = columns.find(column => column.cards.length > 0)?.cards[0]?.id;
  const tabStop = isFocusShown ? walk.focused : firstCard;
  return (
    <div ref={element} className={css.board} data-board>
      <p id="board-keys" className="only-read">
        {t('board.keys')}
      </p>
      {board.statuses.map((status, index) => (
        <Column
          key={status.id}
          status={status}
          cards={columns[index]?.cards ?? []}
          place={place}
          lookup={lookup}
          acts={acts}
          tabStop={tabStop}
          held={walk.held?.id}
          open={open}
          failed={problems}
          canEdit={canEdit}
        />
      ))}
      {canEdit && (
        <div className={css.new}>
          <Button look="quiet" onClick={() => setNaming(true)}>
            <Plus size={15} aria-hidden />
            {t('column.new')}
          </Button>
        </div>
      )}
      {isNaming && <ColumnDialog place={place} onClose={() => setNaming(false)} />}
    </div>
  );
}
