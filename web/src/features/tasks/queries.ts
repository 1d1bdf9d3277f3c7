import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, everyItem, keys, type Board, type Task } from '@/api';

export type Place = { workspace: string; project: string };

export function boardQuery({ workspace, project }: Place) {
  return queryOptions({
    queryKey: keys.board(project),
    queryFn: ({ signal }) =>
      answer(
        api.GET('/workspaces/{workspace}/projects/{project}/board', {
          params: { path: { workspace, project } },
          signal,
        }),
      ),
    staleTime: 30_000,
  });
}

export function taskQuery(workspace: string, task: string) {
  return queryOptions({
    queryKey: keys.task(task),
    queryFn: () => answer(api.GET('/workspaces/{workspace}/tasks/{task}', { params: { path: { workspace, task } } })),
    staleTime: 10_000,
  });
}

export function useBoard(place: Place) {
  return useQuery(boardQuery(place));
}

/** The task, found by key or id; until it has come, nothing is guessed from the board. */
export function useTask(workspace: string, task: string) {
  return useQuery(taskQuery(workspace, task));
}

export function useComments(workspace: string, task: string) {
  return useQuery({
    queryKey: keys.comments(task),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/tasks/{task}/comments', {
            params: { path: { workspace, task }, query: { limit: 200, cursor } },
          }),
        ),
      ),
    staleTime: 10_000,
  });
}

/** One task is held under its key (the address) and under its id (live changes, cards): both change together. */
export function useTaskCaches(project: string) {
  const client = useQueryClient();
  return {
    board: () => client.getQueryData<Board>(keys.board(project)),
    showBoard: (show: (board: Board) => Board) => {
      client.setQueryData<Board>(keys.board(project), board => board && show(board));
    },
    task: (id: string) =>
      client.getQueriesData<Task>({ queryKey: keys.tasks }).find(([, task]) => task?.id === id)?.[1],
    showTask: (id: string, show: (task: Task) => Task) => {
      client.setQueriesData<Task>({ queryKey: keys.tasks }, task => (task?.id === id ? show(task) : task));
    },
    cancel: () => client.cancelQueries({ queryKey: keys.board(project) }),
  };
}
