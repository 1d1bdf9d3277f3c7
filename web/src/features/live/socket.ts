import { base, type Change } from '@/api';
import { setLost } from './reach';

type Message = { changes?: Change[]; reload?: boolean };
type Listener = { onChanges: (changes: Change[]) => void; onReload: () => void };

const longestWait = 15_000;

/**
 * Keeps a connection to a workspace's changes, asks after a gap for what came since, and waits longer between tries. The
 * returned function ends it.
 */
export function listen(workspace: string, { onChanges, onReload }: Listener): () => void {
  let last: number | null = null;
  let wait = 500;
  let isEnded = false;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const receive = (message: Message) => {
    if (message.reload) {
      last = null;
      onReload();
    }
    if (!message.changes || message.changes.length === 0) return;
    last = message.changes.at(-1)?.number ?? last;
    onChanges(message.changes);
  };
  const connect = () => {
    const address = new URL(`${base}/workspaces/${workspace}/live`, window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (last !== null) address.searchParams.set('after', String(last));
    const wasGap = socket !== undefined && last === null;
    socket = new WebSocket(address);
    let wasOpen = false;
    socket.onopen = () => {
      wasOpen = true;
      wait = 500;
      setLost(false);
      if (wasGap) onReload(); // nothing says what happened in between
    };
    socket.onmessage = event => receive(JSON.parse(String(event.data)) as Message);
    socket.onclose = () => {
      if (isEnded) return;
      if (!wasOpen) setLost(true);
      timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, longestWait);
    };
  };
  const now = () => {
    if (socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(timer);
    connect();
  };
  connect();
  window.addEventListener('online', now);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    window.removeEventListener('online', now);
    socket?.close();
    setLost(false);
  };
}
