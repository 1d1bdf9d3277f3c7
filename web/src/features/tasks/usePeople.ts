import { useQuery } from '@tanstack/react-query';
import { answer, api, everyItem, keys, type KnownPerson } from '@/api';
import { t } from '@/i18n';

function usePeopleQuery(workspace: string) {
  return useQuery({
    queryKey: keys.people(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/people', { params: { path: { workspace }, query: { limit: 500, cursor } } }),
        ),
      ),
    staleTime: 60_000,
  });
}

/** Everyone whose name stands on something in the workspace, also those who have left it. */
export function usePeople(workspace: string): (id: string | null) => string {
  const people = usePeopleQuery(workspace);
  return id => people.data?.find(person => person.id === id)?.name ?? t('people.somebody');
}

const nobody: KnownPerson[] = [];

/** The same people, for mentions. */
export function useKnownPeople(workspace: string): KnownPerson[] {
  return usePeopleQuery(workspace).data ?? nobody;
}
