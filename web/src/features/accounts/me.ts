import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api, keys, type Me } from '@/api';
import { forgetStored } from '@/base/stored';
import { forgetUndo } from '@/ui';

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: () => answer(api.GET('/me')), staleTime: 60_000 });
export const instanceQuery = queryOptions({
  queryKey: keys.instance,
  queryFn: () => answer(api.GET('/instance')),
  staleTime: 60_000,
});
export const policyQuery = queryOptions({
  queryKey: keys.policy,
  queryFn: () => answer(api.GET('/policy')),
  staleTime: 300_000,
});

/** The person who is signed in; rooms behind the door may rely on it. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Leaves nothing of the person in this page. */
export function useForgetPerson(): () => void {
  const client = useQueryClient();
  return () => {
    client.clear();
    forgetUndo();
    forgetStored();
  };
}

export function useSignOut(): () => Promise<void> {
  const forget = useForgetPerson();
  const navigate = useNavigate();
  return async () => {
    await answer(api.DELETE('/sessions/{session}', { params: { path: { session: 'current' } } }));
    await navigate({ to: '/sign-in' });
    forget();
  };
}
