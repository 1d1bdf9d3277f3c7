import { useEffect } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { hasStatus, keys, type Board, type Change, type Task } from '@/api';
import { cardOf, taskQuery, withCard, withoutCard } from '@/features/tasks';
import { planFor } from './plan';
import { listen } from './socket';

/** Changes that come close together are applied together. */
const gather = 40;

/** Follows what others (and one's other pages) do in a workspace; the only place where live changes reach the caches. */
export function useLive(workspace: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let waiting: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = () => {
      // What the page is just saving shows already; a read in between could show an older state for a moment.
      if (client.isMutating({ mutationKey: ['change-task'] }) > 0) {
        timer = setTimeout(apply, gather);
        return;
      }
      const changes = waiting;
      waiting = [];
      timer = undefined;
      void applyChanges(client, workspace, changes);
    };
    const end = listen(workspace, {
      onChanges: changes => {
        waiting.push(...changes);
        timer ??= setTimeout(apply, gather);
      },
      onReload: () => void client.invalidateQueries(),
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [client, workspace]);
}

async function applyChanges(client: QueryClient, workspace: string, changes: Change[]): Promise<void> {
  const plan = planFor(changes);
  for (const [task, project] of plan.removed) {
    client.setQueryData<Board>(keys.board(project), board => board && withoutCard(board, task));
  }
  for (const project of plan.boards) void client.invalidateQueries({ queryKey: keys.board(project) });
  for (const task of plan.comments) void client.invalidateQueries({ queryKey: keys.comments(task) });
  for (const task of plan.attachments) void client.invalidateQueries({ queryKey: keys.attachments(task) });
  if (plan.tasks.size > 0 || plan.removed.size > 0) void client.invalidateQueries({ queryKey: keys.myTasks });
  if (plan.projects) void client.invalidateQueries({ queryKey: keys.projects(workspace) });
  if (plan.people) {
    void client.invalidateQueries({ queryKey: keys.people(workspace) });
    void client.invalidateQueries({ queryKey: keys.members(workspace) });
  }
  const single = [...plan.tasks].filter(([, project]) => !plan.boards.has(project));
  await Promise.all(single.map(([task, project]) => refresh(client, workspace, task, project)));
  for (const [task, project] of plan.tasks) if (plan.boards.has(project)) forget(client, task);
}

/** Tasks of a board nobody has open are not fetched; they only become stale. */
async function refresh(client: QueryClient, workspace: string, id: string, project: string): Promise<void> {
  const isShown = client.getQueryData(keys.board(project)) !== undefined;
  if (!isShown) return forget(client, id);
  try {
    const task = await client.query({ ...taskQuery(workspace, id), staleTime: 0 });
    client.setQueriesData<Task>({ queryKey: keys.tasks }, known => (known?.id === id ? task : known));
    client.setQueryData<Board>(
      keys.board(project),
      board =>
        board &&
        (task.archived_at || task.project_id !== project ? withoutCard(board, id) : withCard(board, cardOf(task))),
    );
  } catch (error) {
    if (hasStatus(error, 404))
      client.setQueryData<Board>(keys.board(project), board => board && withoutCard(board, id));
    else void client.invalidateQueries({ queryKey: keys.board(project) });
  }
}

function forget(client: QueryClient, id: string): void {
  void client.invalidateQueries({
    queryKey: keys.tasks,
    predicate: query => (query.state.data as Task | undefined)?.id === id,
  });
}
