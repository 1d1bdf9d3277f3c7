import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';

type Point = { x: number; y: number };

const edge = 48; // px from a side where it begins to scroll
const step = 9; // px a frame

/** Scrolls the board, and the column under a carried card, towards the side that the card is near. */
export function scrollNear(board: HTMLElement, at: Point): void {
  const box = board.getBoundingClientRect();
  if (at.x < box.left + edge) board.scrollLeft -= step;
  else if (at.x > box.right - edge) board.scrollLeft += step;
  // By their boxes: asking the page what lies under a point takes a large part of a frame.
  for (const column of board.querySelectorAll('[data-over]')) {
    const inside = column.getBoundingClientRect();
    if (at.x < inside.left || at.x > inside.right || at.y < inside.top || at.y > inside.bottom) continue;
    if (at.y < inside.top + edge) column.scrollTop -= step;
    else if (at.y > inside.bottom - edge) column.scrollTop += step;
  }
}

/** Does so in each frame while a card is dragged. The returned function ends this. */
export function scrollWhileDragged(board: HTMLElement): () => void {
  let at: Point = { x: 0, y: 0 };
  let frame = 0;
  const follow = () => {
    scrollNear(board, at);
    frame = requestAnimationFrame(follow);
  };
  const stop = () => cancelAnimationFrame(frame);
  const stopWatching = monitorForElements({
    canMonitor: ({ source }) => 'card' in source.data,
    onDragStart: ({ location: { current } }) => {
      at = { x: current.input.clientX, y: current.input.clientY };
      frame = requestAnimationFrame(follow);
    },
    onDrag: ({ location: { current } }) => (at = { x: current.input.clientX, y: current.input.clientY }),
    onDrop: stop,
  });
  return () => {
    stop();
    stopWatching();
  };
}
