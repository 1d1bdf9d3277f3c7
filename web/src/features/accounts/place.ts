import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answer, api, keys, type Place } from '@/api';
import { writeDatesAs } from '@/base/dates';

export const placeQuery = queryOptions({
  queryKey: keys.place,
  queryFn: () => answer(api.GET('/me/place')),
  staleTime: 300_000,
});

/** From now on days and times are written as the person chose. */
export function writeAs({ place }: Place): void {
  writeDatesAs({ language: place.language, timeZone: place.time_zone });
}

/** Nobody waits for it: the browser's own manner serves until then. */
export async function learnManner(client: QueryClient): Promise<void> {
  try {
    writeAs(await client.query(placeQuery));
  } catch {
    // The next page load asks again.
  }
}
