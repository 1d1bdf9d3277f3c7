import { queryOptions } from '@tanstack/react-query';
import { answer, api, everyItem, keys } from '@/api';

export const requestsQuery = (workspace: string) =>
  queryOptions({
    queryKey: keys.subjectRequests(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/subject-requests', {
            params: { path: { workspace }, query: { cursor, limit: 200 } },
          }),
        ),
      ),
  });

export const strikesQuery = (workspace: string) =>
  queryOptions({
    queryKey: keys.strikes(workspace),
    queryFn: () =>
      answer(api.GET('/workspaces/{workspace}/strikes', { params: { path: { workspace }, query: { limit: 20 } } })),
  });
