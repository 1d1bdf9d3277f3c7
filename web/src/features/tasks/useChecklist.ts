import { useMutation } from '@tanstack/react-query';
import { answer, api, type ChecklistItem, type Task } from '@/api';
import { t } from '@/i18n';
import { offerUndo } from '@/ui';
import { cardOf, withCard } from './boardChanges';
import { useTaskCaches } from './queries';

type Part = Partial<Pick<ChecklistItem, 'text' | 'done'>> & { keep_sensitive?: true };

/** Checklist and links answer with the whole task, so all they need is to show it everywhere. */
export function useAcceptTask(project: string) {
  const caches = useTaskCaches(project);
  return (task: Task) => {
    caches.showTask(task.id, () => task);
    caches.showBoard(board => (task.archived_at ? board : withCard(board, cardOf(task))));
  };
}

export function useChecklist(task: Task) {
  const caches = useTaskCaches(task.project_id);
  const accept = useAcceptTask(task.project_id);
  const mutationKey = ['change-task', task.project_id];
  const path = { workspace: task.workspace_id, task: task.id };
  const add = useMutation({
    mutationKey,
    mutationFn: (body: { text: string; list?: string; done?: boolean; keep_sensitive?: true }) =>
      answer(api.POST('/workspaces/{workspace}/tasks/{task}/checklist', { params: { path }, body })),
    onSuccess: accept,
  });
  const showItem = (item: string, part: Part) =>
    caches.showTask(task.id, now => ({
      ...now,
      checklist: now.checklist.map(one =>
        one.id === item ? { ...one, text: part.text ?? one.text, done: part.done ?? one.done } : one,
      ),
    }));
  const change = useMutation({
    mutationKey,
    mutationFn: ({ item, part }: { item: ChecklistItem; part: Part }) =>
      answer(
        api.PATCH('/workspaces/{workspace}/tasks/{task}/checklist/{item}', {
          params: { path: { ...path, item: item.id } },
          body: part,
        }),
      ),
    onMutate: ({ item, part }) => showItem(item.id, part),
    onError: (_problem, { item, part }) => showItem(item.id, backTo(item, part)),
    onSuccess: (answered, { item, part }) => {
      accept(answered);
      const back: Part = { ...backTo(item, part), ...(part.text === undefined ? {} : { keep_sensitive: true }) };
      offerUndo(
        t(part.done === undefined ? 'task.said.changed' : part.done ? 'checklist.said.done' : 'checklist.said.open'),
        () => change.mutate({ item: { ...item, ...part }, part: back }),
      );
    },
  });
  const remove = useMutation({
    mutationKey,
    mutationFn: (item: ChecklistItem) =>
      answer(
        api.DELETE('/workspaces/{workspace}/tasks/{task}/checklist/{item}', {
          params: { path: { ...path, item: item.id } },
        }),
      ),
    onSuccess: (answered, { text, list, done }) => {
      accept(answered);
      offerUndo(t('checklist.said.removed'), () => add.mutate({ text, list, done, keep_sensitive: true }));
    },
  });
  return { add, change, remove };
}

function backTo(item: ChecklistItem, part: Part): Part {
  return {
    ...(part.text === undefined ? {} : { text: item.text }),
    ...(part.done === undefined ? {} : { done: item.done }),
  };
}
