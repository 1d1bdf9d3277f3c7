import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, type NewTask } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { cardOf, withCard, withoutCard } from './boardChanges';
import { useTaskCaches, type Place } from './queries';

/** The key makes a repeated request harmless: a second try after a lost answer does not make a second task. */
export type CreateWish = NewTask & { idempotencyKey: string };

export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

export function useCreateTask({ workspace, project }: Place) {
  const client = useQueryClient();
  const caches = useTaskCaches(project);
  const remove = useMutation({
    mutationKey: ['change-task', project],
    mutationFn: (task: string) =>
      answer(api.DELETE('/workspaces/{workspace}/tasks/{task}', { params: { path: { workspace, task } } })),
    onSuccess: (_nothing, task) => caches.showBoard(board => withoutCard(board, task)),
  });
  return useMutation({
    mutationKey: ['change-task', project],
    mutationFn: ({ idempotencyKey, ...body }: CreateWish) =>
      answer(
        api.POST('/workspaces/{workspace}/projects/{project}/tasks', {
          params: { path: { workspace, project } },
          headers: { 'Idempotency-Key': idempotencyKey },
          body,
        }),
      ),
    onSuccess: task => {
      client.setQueryData(keys.task(task.key), task);
      caches.showBoard(board => withCard(board, cardOf(task)));
      void client.invalidateQueries({ queryKey: keys.myTasks });
      offerUndo(t('task.said.created', { key: task.key }), () => remove.mutate(task.id));
    },
  });
}
