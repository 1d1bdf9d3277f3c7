import { queryOptions, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api, everyItem, keys, type KnownPerson } from '@/api';
import { useSwitch } from '@/features/insight';
import { t } from '@/i18n';

const peopleQuery = (workspace: string) =>
  queryOptions({
    queryKey: keys.people(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/people', { params: { path: { workspace }, query: { limit: 500, cursor } } }),
        ),
      ),
    staleTime: 60_000,
  });

/** Everyone whose name stands on something in the workspace, also those who have left it. */
export function usePeople(workspace: string): (id: string | null) => string {
  const people = useQuery(peopleQuery(workspace));
  return id => people.data?.find(person => person.id === id)?.name ?? t('people.somebody');
}

const nobody: KnownPerson[] = [];

/** The same people, for mentions. */
export function useKnownPeople(workspace: string): KnownPerson[] {
  return useQuery(peopleQuery(workspace)).data ?? nobody;
}

/** Puts those first with whom the reader works most, if they agreed to that; else everybody reads the same order. */
export function useOwnOrder<Person extends { id: string }>(people: readonly Person[]): readonly Person[] {
  const { workspace = '' } = useParams({ strict: false });
  const isServed = useSwitch('personalisation');
  const isCounted = useSwitch('collaboration_graph');
  const isOrdered = isServed && isCounted;
  const known = useQuery({ ...peopleQuery(workspace), enabled: isOrdered && workspace !== '' });
  if (!isOrdered || !known.data) return people;
  const rank = new Map(known.data.map((person, index) => [person.id, index]));
  const last = known.data.length;
  return [...people].sort((a, b) => (rank.get(a.id) ?? last) - (rank.get(b.id) ?? last));
}
