import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { cardOf, withCard, withoutCard } from './boardChanges';
import { useTaskCaches, type Place } from './queries';

export function useRestoreTask({ workspace, project }: Place) {
  const client = useQueryClient();
  const caches = useTaskCaches(project);
  return useMutation({
    mutationKey: ['change-task', project],
    mutationFn: (task: string) =>
      answer(api.POST('/workspaces/{workspace}/tasks/{task}/restoration', { params: { path: { workspace, task } } })),
    onSuccess: task => {
      caches.showTask(task.id, () => task);
      if (!task.archived_at) caches.showBoard(board => withCard(board, cardOf(task)));
      void client.invalidateQueries({ queryKey: keys.trash(workspace) });
    },
  });
}

/** A deleted task stays in the trash for thirty days; undo brings it back from there. */
export function useDeleteTask(place: Place) {
  const client = useQueryClient();
  const caches = useTaskCaches(place.project);
  const restore = useRestoreTask(place);
  return useMutation({
    mutationKey: ['change-task', place.project],
    mutationFn: (task: string) =>
      answer(
        api.DELETE('/workspaces/{workspace}/tasks/{task}', { params: { path: { workspace: place.workspace, task } } }),
      ),
    onSuccess: (_nothing, task) => {
      caches.showBoard(board => withoutCard(board, task));
      void client.invalidateQueries({ queryKey: keys.trash(place.workspace) });
      offerUndo(t('task.said.deleted'), () => restore.mutate(task));
    },
  });
}
