import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, type Comment, type Task } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { useTaskCaches } from './queries';

type Written = { body: string; keep_sensitive?: true };

export function useCommentChanges(task: Task) {
  const client = useQueryClient();
  const caches = useTaskCaches(task.project_id);
  const path = { workspace: task.workspace_id, task: task.id };
  const key = keys.comments(task.id);
  const show = (change: (comments: Comment[]) => Comment[]) => {
    client.setQueryData<Comment[]>(key, comments => change(comments ?? []));
    const count = client.getQueryData<Comment[]>(key)?.length ?? 0;
    caches.showTask(task.id, now => ({ ...now, comment_count: count }));
    caches.showBoard(board => ({
      ...board,
      tasks: board.tasks.map(card => (card.id === task.id ? { ...card, comments: count || undefined } : card)),
    }));
  };
  const put = (comment: Comment) =>
    show(comments => {
      const others = comments.filter(one => one.id !== comment.id);
      return [...others, comment].sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    });
  const without = (id: string) => show(comments => comments.filter(one => one.id !== id));

  const restore = useMutation({
    mutationFn: (comment: string) =>
      answer(
        api.POST('/workspaces/{workspace}/tasks/{task}/comments/{comment}/restoration', {
          params: { path: { ...path, comment } },
        }),
      ),
    onSuccess: put,
  });
  const remove = useMutation({
    mutationFn: (comment: string) =>
      answer(
        api.DELETE('/workspaces/{workspace}/tasks/{task}/comments/{comment}', {
          params: { path: { ...path, comment } },
        }),
      ),
    onSuccess: (_nothing, comment) => {
      without(comment);
      offerUndo(t('comment.said.deleted'), () => restore.mutate(comment));
    },
  });
  const add = useMutation({
    mutationFn: ({ body, idempotencyKey, keep_sensitive }: Written & { idempotencyKey: string }) =>
      answer(
        api.POST('/workspaces/{workspace}/tasks/{task}/comments', {
          params: { path },
          headers: { 'Idempotency-Key': idempotencyKey },
          body: { body, keep_sensitive },
        }),
      ),
    onSuccess: put,
  });
  const edit = useMutation({
    mutationFn: ({ comment, body, keep_sensitive }: Written & { comment: Comment }) =>
      answer(
        api.PATCH('/workspaces/{workspace}/tasks/{task}/comments/{comment}', {
          params: { path: { ...path, comment: comment.id } },
          body: { body, keep_sensitive },
        }),
      ),
    onSuccess: (answered, { comment }) => {
      put(answered);
      offerUndo(t('comment.said.changed'), () =>
        edit.mutate({ comment: answered, body: comment.body, keep_sensitive: true }),
      );
    },
  });
  return { add, edit, remove };
}
