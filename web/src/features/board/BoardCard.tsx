import { memo, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { createPortal } from 'react-dom';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { preserveOffsetOnSource } from '@atlaskit/pragmatic-drag-and-drop/utils/preserve-offset-on-source';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview';
import { attachClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge';
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge';
import type { Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/types';
import type { Card } from '@/api';
import { sentence } from '@/api';
import { Failure } from '@/ui';
import css from './BoardCard.module.css';
import { CardFace, type Lookup } from './CardFace';

export type CardActs = {
  canMove: boolean;
  hrefOf: (card: Card) => string;
  open: (card: Card) => void;
  onKey: (event: KeyboardEvent, card: Card) => void;
  onFocus: (card: Card) => void;
  retry: (card: Card) => void;
};

type BoardCardProps = {
  card: Card;
  lookup: Lookup;
  acts: CardActs;
  isDone: boolean;
  isTabStop: boolean;
  isHeld: boolean;
  isOpen: boolean;
  problem: Error | null;
};

/** One card: a link to its task that can be dragged, carried by keys, and be a place to drop beside. */
export const BoardCard = memo(function BoardCard({
  card,
  lookup,
  acts,
  isDone,
  isTabStop,
  isHeld,
  isOpen,
  problem,
}: BoardCardProps) {
  const element = useRef<HTMLAnchorElement>(null);
  const [edge, setEdge] = useState<Edge | null>(null);
  const [isDragged, setDragged] = useState(false);
  const [preview, setPreview] = useState<{ container: HTMLElement; width: number } | null>(null);
  const { id, status_id } = card;
  const { canMove } = acts;

  useEffect(() => {
    const link = element.current;
    if (!link) return;
    return combine(
      draggable({
        element: link,
        canDrag: () => canMove,
        getInitialData: () => ({ card: id }),
        onGenerateDragPreview: ({ nativeSetDragImage, location }) => {
          setCustomNativeDragPreview({
            nativeSetDragImage,
            getOffset: preserveOffsetOnSource({ element: link, input: location.current.input }),
            render: ({ container }) => {
              setPreview({ container, width: link.offsetWidth });
              return () => setPreview(null);
            },
          });
        },
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
      dropTargetForElements({
        element: link,
        canDrop: ({ source }) => 'card' in source.data && source.data.card !== id,
        getData: ({ input }) =>
          attachClosestEdge(
            { beside: id, status: status_id },
            { element: link, input, allowedEdges: ['top', 'bottom'] },
          ),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    );
  }, [id, status_id, canMove]);

  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    acts.open(card);
  };
  return (
    <li className={css.item} data-edge={edge}>
      <a
        ref={element}
        href={acts.hrefOf(card)}
        className={css.card}
        data-card={id}
        data-dragged={isDragged}
        data-held={isHeld}
        data-open={isOpen}
        tabIndex={isTabStop ? 0 : -1}
        aria-describedby={canMove ? 'board-keys' : undefined}
        aria-current={isOpen ? 'true' : undefined}
        onClick={open}
        onKeyDown={event => acts.onKey(event, card)}
        onFocus={() => acts.onFocus(card)}
      >
        <CardFace card={card} lookup={lookup} isDone={isDone} />
      </a>
      {problem && <Failure text={sentence(problem)} again={() => acts.retry(card)} />}
      {preview &&
        createPortal(
          <div className={css.preview}>
            <div className={css.card} style={{ inlineSize: preview.width }}>
              <CardFace card={card} lookup={lookup} isDone={isDone} />
            </div>
          </div>,
          preview.container,
        )}
    </li>
  );
});
