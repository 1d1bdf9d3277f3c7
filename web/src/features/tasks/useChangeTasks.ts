import { useMutation } from '@tanstack/react-query';
import { answer, api, type Task, type TaskChange } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { cardOf, changed, inverse, withCard, withoutCard } from './boardChanges';
import { useTaskCaches, type Place } from './queries';

type Wishes = { ids: string[]; change: TaskChange };
type Held = { backs: { id: string; back: TaskChange }[] };

/** One change to several tasks; each gets its own inverse, since they differed before. */
export function useChangeTasks({ workspace, project }: Place) {
  const caches = useTaskCaches(project);
  const patch = (ids: string[], change: TaskChange) =>
    answer(api.PATCH('/workspaces/{workspace}/tasks', { params: { path: { workspace } }, body: { ids, change } }));
  const accept = (tasks: Task[]) => {
    for (const task of tasks) {
      caches.showTask(task.id, () => task);
      caches.showBoard(board => (task.archived_at ? withoutCard(board, task.id) : withCard(board, cardOf(task))));
    }
  };
  const restore = useMutation({
    mutationKey: ['change-task', project],
    mutationFn: async ({ backs }: Held) => {
      for (const group of sameChange(backs)) accept((await patch(group.ids, group.change)).items);
    },
  });
  return useMutation<{ items: Task[] }, Error, Wishes, Held>({
    mutationKey: ['change-task', project],
    mutationFn: ({ ids, change }) => patch(ids, change),
    onMutate: async ({ ids, change }) => {
      await caches.cancel();
      const board = caches.board();
      const known = board?.tasks.filter(task => ids.includes(task.id)) ?? [];
      const backs = known.map(task => ({ id: task.id, back: inverse(board, task, change) }));
      for (const id of ids) caches.showBoard(now => changed(now, id, change));
      return { backs };
    },
    onError: (_problem, _wishes, held) => {
      for (const { id, back } of held?.backs ?? []) caches.showBoard(board => changed(board, id, back));
    },
    onSuccess: ({ items }, _wishes, held) => {
      accept(items);
      offerUndo(t('task.said.several', { count: items.length }), () => restore.mutate(held));
    },
  });
}

/** Tasks that go back to the same value travel in one request. */
export function sameChange(backs: Held['backs']): { ids: string[]; change: TaskChange }[] {
  const groups = new Map<string, { ids: string[]; change: TaskChange }>();
  for (const { id, back } of backs) {
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { ids: [], change: back };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
