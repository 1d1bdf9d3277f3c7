import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, type Board, type Color } from '@/api';
import type { Place } from './queries';

export function useCreateLabel({ workspace, project }: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; color: Color }) =>
      answer(
        api.POST('/workspaces/{workspace}/projects/{project}/labels', {
          params: { path: { workspace, project } },
          body,
        }),
      ),
    onSuccess: label => {
      const { id, name, color } = label;
      client.setQueryData<Board>(
        keys.board(project),
        board => board && { ...board, labels: [...board.labels, { id, name, color }] },
      );
    },
  });
}

export function useChangeLabel({ workspace, project }: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ label, ...body }: { label: string; name?: string; color?: Color }) =>
      answer(
        api.PATCH('/workspaces/{workspace}/projects/{project}/labels/{label}', {
          params: { path: { workspace, project, label } },
          body,
        }),
      ),
    onSuccess: ({ id, name, color }) => {
      client.setQueryData<Board>(
        keys.board(project),
        board => board && { ...board, labels: board.labels.map(one => (one.id === id ? { id, name, color } : one)) },
      );
    },
  });
}

export function useDeleteLabel({ workspace, project }: Place) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (label: string) =>
      answer(
        api.DELETE('/workspaces/{workspace}/projects/{project}/labels/{label}', {
          params: { path: { workspace, project, label } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.board(project) }),
  });
}
