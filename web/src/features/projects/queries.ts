import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, everyItem, keys } from '@/api';

export function projectsQuery(workspace: string) {
  return queryOptions({
    queryKey: keys.projects(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/projects', {
            params: { path: { workspace }, query: { limit: 200, cursor } },
          }),
        ),
      ),
    staleTime: 30_000,
  });
}

export function useProjects(workspace: string) {
  return useQuery(projectsQuery(workspace));
}

export function useArchivedProjects(workspace: string) {
  return useQuery({
    queryKey: keys.archivedProjects(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/projects', {
            params: { path: { workspace }, query: { archived: 'true', limit: 200, cursor } },
          }),
        ),
      ),
  });
}

export function useTeams(workspace: string) {
  return useQuery({
    queryKey: keys.teams(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/teams', { params: { path: { workspace }, query: { limit: 200, cursor } } }),
        ),
      ),
    staleTime: 60_000,
  });
}

export function useProject(workspace: string, project: string) {
  return useQuery({
    queryKey: [...keys.projects(workspace), project],
    queryFn: () =>
      answer(api.GET('/workspaces/{workspace}/projects/{project}', { params: { path: { workspace, project } } })),
  });
}
