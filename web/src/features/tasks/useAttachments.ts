import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, everyItem, keys, type Attachment, type Task } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { useTaskCaches } from './queries';

export function useAttachments(task: Task) {
  return useQuery({
    queryKey: keys.attachments(task.id),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/tasks/{task}/attachments', {
            params: { path: { workspace: task.workspace_id, task: task.id }, query: { limit: 200, cursor } },
          }),
        ),
      ),
    staleTime: 10_000,
  });
}

/** What changes the list of files; the count on the card follows. */
export function useAttachmentChanges(task: Task) {
  const client = useQueryClient();
  const caches = useTaskCaches(task.project_id);
  const key = keys.attachments(task.id);
  const show = (change: (files: Attachment[]) => Attachment[]) => {
    client.setQueryData<Attachment[]>(key, files => change(files ?? []));
    const count = client.getQueryData<Attachment[]>(key)?.length ?? 0;
    caches.showTask(task.id, now => ({ ...now, attachment_count: count }));
    caches.showBoard(board => ({
      ...board,
      tasks: board.tasks.map(card => (card.id === task.id ? { ...card, attachments: count || undefined } : card)),
    }));
  };
  const put = (file: Attachment) =>
    show(files => [...files.filter(one => one.id !== file.id), file].sort((a, b) => (a.id < b.id ? -1 : 1)));

  const restore = useMutation({
    mutationFn: (attachment: string) =>
      answer(
        api.POST('/workspaces/{workspace}/attachments/{attachment}/restoration', {
          params: { path: { workspace: task.workspace_id, attachment } },
        }),
      ),
    onSuccess: put,
  });
  const remove = useMutation({
    mutationFn: (attachment: string) =>
      answer(
        api.DELETE('/workspaces/{workspace}/attachments/{attachment}', {
          params: { path: { workspace: task.workspace_id, attachment } },
        }),
      ),
    onSuccess: (_nothing, attachment) => {
      show(files => files.filter(one => one.id !== attachment));
      offerUndo(t('attachment.said.deleted'), () => restore.mutate(attachment));
    },
  });
  return { put, remove };
}
