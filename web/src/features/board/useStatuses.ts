import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, type Board, type BoardStatus, type Color, type StatusGroup } from '@/api';
import type { Place } from '@/features/tasks';

export type StatusWish = { name: string; color: Color; group: StatusGroup };

/** Columns are few and rarely change, so their changes read the board again. */
export function useStatuses({ workspace, project }: Place) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.board(project) });
  const path = { workspace, project };
  const add = useMutation({
    mutationFn: (body: StatusWish) =>
      answer(api.POST('/workspaces/{workspace}/projects/{project}/statuses', { params: { path }, body })),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ status, ...body }: Partial<StatusWish> & { status: string; position?: number }) =>
      answer(
        api.PATCH('/workspaces/{workspace}/projects/{project}/statuses/{status}', {
          params: { path: { ...path, status } },
          body,
        }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: ({ status, moveTo }: { status: string; moveTo?: string }) =>
      answer(
        api.DELETE('/workspaces/{workspace}/projects/{project}/statuses/{status}', {
          params: { path: { ...path, status }, query: { move_to: moveTo } },
        }),
      ),
    onSuccess,
  });
  const all = (): BoardStatus[] => client.getQueryData<Board>(keys.board(project))?.statuses ?? [];
  return { add, change, remove, all };
}
