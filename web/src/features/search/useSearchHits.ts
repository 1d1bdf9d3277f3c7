import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';

/** The best few hits. An empty wish asks nothing. The last hits stay until the next have come. */
export function useSearchHits(workspace: string, wanted: string, limit: number) {
  return useQuery({
    queryKey: [...keys.search(workspace, wanted), 'first', limit],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/workspaces/{workspace}/search', {
          params: { path: { workspace }, query: { q: wanted, limit } },
          signal,
        }),
      ),
    enabled: wanted !== '',
    placeholderData: wanted === '' ? undefined : keepPreviousData,
    staleTime: 5_000,
  });
}

/** All hits, best first, a page at a time. */
export function useSearchPages(workspace: string, wanted: string) {
  return useInfiniteQuery({
    queryKey: [...keys.search(workspace, wanted), 'pages'],
    queryFn: ({ signal, pageParam: cursor }) =>
      answer(
        api.GET('/workspaces/{workspace}/search', {
          params: { path: { workspace }, query: { q: wanted, limit: 50, cursor } },
          signal,
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => (page.next === null ? undefined : Number(page.next)),
    enabled: wanted !== '',
    placeholderData: wanted === '' ? undefined : keepPreviousData,
    staleTime: 5_000,
  });
}
