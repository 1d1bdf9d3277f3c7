import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, keys, type Purpose } from '@/api';

/** The automatic purposes that the person has on. The page sends nothing for those that are off. */
export const switchesQuery = queryOptions({
  queryKey: keys.switches,
  queryFn: () => answer(api.GET('/me/switches')),
  staleTime: 300_000,
});

export function useSwitch(purpose: Purpose): boolean {
  return useQuery(switchesQuery).data?.on.includes(purpose) ?? false;
}
