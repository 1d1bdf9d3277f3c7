import { useMutation } from '@tanstack/react-query';
import { answer, api, type Task, type TaskChange } from '@/api';
import { t, type WordKey } from '@/i18n';
import { offerUndo } from '@/ui';
import { cardOf, changed, inverse, withCard, withoutCard } from './boardChanges';
import { useTaskCaches, type Place } from './queries';

/** `back` is named where the page already shows the change, so that the way back cannot be read from it. */
export type Wish = { task: string; change: TaskChange; back?: TaskChange; said?: WordKey };
type Held = { back: TaskChange };

/** A whole new checklist is shown when the server has named its lines. */
function shownOn(task: Task, change: TaskChange): Task {
  const { move, archived, checklist, keep_sensitive, ...plain } = change;
  const archivedAt = archived === undefined ? task.archived_at : archived ? new Date().toISOString() : null;
  return {
    ...task,
    ...plain,
    status_id: move?.status_id ?? plain.status_id ?? task.status_id,
    archived_at: archivedAt,
  };
}

/**
 * Changes a task at once on the page, then on the server. Undo is the inverse change: the old snapshot would also undo what
 * others did meanwhile.
 */
export function useChangeTask({ workspace, project }: Place) {
  const caches = useTaskCaches(project);
  const show = (id: string, change: TaskChange) => {
    caches.showBoard(board => changed(board, id, change));
    caches.showTask(id, task => shownOn(task, change));
  };
  const mutation = useMutation<Task, Error, Wish, Held>({
    mutationKey: ['change-task', project],
    mutationFn: ({ task, change }) =>
      answer(
        api.PATCH('/workspaces/{workspace}/tasks/{task}', { params: { path: { workspace, task } }, body: change }),
      ),
    onMutate: async ({ task: id, change, back: namedBack }) => {
      await caches.cancel();
      const board = caches.board();
      const known = caches.task(id) ?? board?.tasks.find(task => task.id === id);
      const back = namedBack ?? (known ? inverse(board, known, change) : {});
      show(id, change);
      return { back };
    },
    onError: (_problem, { task }, held) => held && show(task, held.back),
    onSuccess: (task, wish, held) => {
      caches.showTask(task.id, () => task);
      caches.showBoard(board => (task.archived_at ? withoutCard(board, task.id) : withCard(board, cardOf(task))));
      if (Object.keys(held.back).length === 0) return;
      offerUndo(t(wish.said ?? saying(wish.change)), () =>
        mutation.mutate({ task: wish.task, change: keptBefore(held.back), said: 'task.undone' }),
      );
    },
  });
  return mutation;
}

/** What stood there before was kept knowingly, if it was sensitive: to bring it back asks for nothing again. */
function keptBefore(back: TaskChange): TaskChange {
  return back.title === undefined && back.description === undefined ? back : { ...back, keep_sensitive: true };
}

function saying(change: TaskChange): WordKey {
  if (change.archived !== undefined) return change.archived ? 'task.said.archived' : 'task.said.restored';
  if (change.move) return 'task.said.moved';
  if (change.status_id) return 'task.said.status';
  if (change.assignee_ids) return 'task.said.assigned';
  if (change.label_ids) return 'task.said.labelled';
  if (change.priority) return 'task.said.priority';
  if (change.due_at !== undefined || change.start_on !== undefined) return 'task.said.dated';
  return 'task.said.changed';
}
