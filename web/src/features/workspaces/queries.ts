import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, everyItem, keys, type Workspace } from '@/api';

export const workspacesQuery = queryOptions({
  queryKey: keys.workspaces,
  queryFn: () => everyItem(cursor => answer(api.GET('/workspaces', { params: { query: { limit: 200, cursor } } }))),
  staleTime: 60_000,
});

export function useWorkspace(id: string): Workspace | undefined {
  return useQuery(workspacesQuery).data?.find(workspace => workspace.id === id);
}

/** Reads and comments, and changes nothing else. */
export function isGuest(workspace: Workspace | undefined): boolean {
  return workspace?.role === 'guest';
}

/** May rename, invite and change roles. */
export function isAdmin(workspace: Workspace | undefined): boolean {
  return workspace?.role === 'owner' || workspace?.role === 'admin';
}
