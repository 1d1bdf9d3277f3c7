import { scrollNear } from './scrollNear';

/** Where a carried card was let go: in a column, perhaps beside one of its cards. */
export type Landing = { status: string; beside?: { id: string; isBelow: boolean } };

type Carried = { id: string; card: HTMLElement; ghost: HTMLElement; dx: number; dy: number; mark: HTMLElement | null };

const holdTime = 350; // ms; a shorter touch opens the card or scrolls
const slack = 8; // px a resting finger may tremble

/**
 * Native dragging knows no finger on most devices: a card that is held for a moment lifts and follows it, and letting go places
 * it. The returned function ends this.
 */
export function carryByTouch(board: HTMLElement, onLand: (id: string, landing: Landing) => void): () => void {
  let carried: Carried | null = null;
  let pressed: { card: HTMLElement; x: number; y: number; timer: ReturnType<typeof setTimeout> } | null = null;
  let at = { x: 0, y: 0 };
  let frame = 0;

  const release = () => {
    if (!pressed) return;
    clearTimeout(pressed.timer);
    pressed.card.draggable = true;
    pressed = null;
  };
  const lift = (card: HTMLElement) => {
    const box = card.getBoundingClientRect();
    const ghost = card.cloneNode(true) as HTMLElement;
    ghost.removeAttribute('data-card');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.dataset.lifted = 'true';
    ghost.style.inlineSize = `${box.width}px`;
    document.body.append(ghost);
    card.dataset.dragged = 'true';
    carried = { id: card.dataset.card ?? '', card, ghost, dx: at.x - box.x, dy: at.y - box.y, mark: null };
    follow();
  };
  const follow = () => {
    if (!carried) return;
    carried.ghost.style.transform = `translate(${at.x - carried.dx}px, ${at.y - carried.dy}px) rotate(2deg)`;
    scrollNear(board, at);
    mark(carried, landingAt(at, carried.id));
    frame = requestAnimationFrame(follow);
  };
  const putDown = () => {
    cancelAnimationFrame(frame);
    if (!carried) return;
    mark(carried, null);
    carried.ghost.remove();
    carried.card.dataset.dragged = 'false';
    carried = null;
  };

  const start = (event: TouchEvent) => {
    const touch = event.touches[0];
    const card = (event.target as Element).closest<HTMLElement>('[data-card]');
    if (!touch || !card || event.touches.length > 1) {
      release();
      return;
    }
    at = { x: touch.clientX, y: touch.clientY };
    card.draggable = false; // else some browsers begin their own dragging, which ends this touch
    pressed = { card, ...at, timer: setTimeout(() => lift(card), holdTime) };
  };
  const move = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (!touch) return;
    at = { x: touch.clientX, y: touch.clientY };
    if (carried) event.preventDefault();
    else if (pressed && Math.hypot(at.x - pressed.x, at.y - pressed.y) > slack) release();
  };
  const end = (event: TouchEvent) => {
    release();
    if (!carried) return;
    event.preventDefault(); // a click would open the card
    const { id } = carried;
    const landing = landingAt(at, id);
    putDown();
    if (landing) onLand(id, landing);
  };
  const cancel = () => {
    release();
    putDown();
  };
  const noMenu = (event: Event) => {
    if (pressed) event.preventDefault();
  };
  board.addEventListener('touchstart', start, { passive: true });
  board.addEventListener('touchmove', move, { passive: false });
  board.addEventListener('touchend', end);
  board.addEventListener('touchcancel', cancel);
  board.addEventListener('contextmenu', noMenu);
  return () => {
    cancel();
    board.removeEventListener('touchstart', start);
    board.removeEventListener('touchmove', move);
    board.removeEventListener('touchend', end);
    board.removeEventListener('touchcancel', cancel);
    board.removeEventListener('contextmenu', noMenu);
  };
}

function landingAt(at: { x: number; y: number }, carried: string): Landing | null {
  const under = document.elementFromPoint(at.x, at.y);
  const status = under?.closest<HTMLElement>('[data-status]')?.dataset.status;
  if (status === undefined) return null;
  const card = under?.closest('li')?.querySelector<HTMLElement>('[data-card]');
  const id = card?.dataset.card;
  if (!card || id === undefined || id === carried) return { status };
  const box = card.getBoundingClientRect();
  return { status, beside: { id, isBelow: at.y > box.y + box.height / 2 } };
}

/** Draws the line at the card beside which the carried one would land. */
function mark(carried: Carried, landing: Landing | null): void {
  const beside = landing?.beside;
  const card = beside && document.querySelector(`[data-card="${CSS.escape(beside.id)}"]`);
  const item = card?.closest('li') ?? null;
  if (carried.mark && carried.mark !== item) delete carried.mark.dataset.edge;
  carried.mark = item;
  if (item && beside) item.dataset.edge = beside.isBelow ? 'bottom' : 'top';
}
