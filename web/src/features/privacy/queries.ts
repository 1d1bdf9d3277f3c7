import { queryOptions } from '@tanstack/react-query';
import { answer, api, everyItem, keys } from '@/api';

export const myDataQuery = queryOptions({
  queryKey: keys.myData,
  queryFn: () => answer(api.GET('/me/data')),
  staleTime: 10_000,
});
export const consentsQuery = queryOptions({
  queryKey: keys.consents,
  queryFn: () => answer(api.GET('/me/consents')),
});
export const disclosuresQuery = queryOptions({
  queryKey: keys.myDisclosures,
  queryFn: () => everyItem(cursor => answer(api.GET('/me/disclosures', { params: { query: { limit: 200, cursor } } }))),
});
export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: () => everyItem(cursor => answer(api.GET('/sessions', { params: { query: { limit: 200, cursor } } }))),
});
export const restrictionQuery = queryOptions({
  queryKey: keys.restriction,
  queryFn: () => answer(api.GET('/me/restriction')),
});
export const objectionsQuery = queryOptions({
  queryKey: keys.objections,
  queryFn: () => answer(api.GET('/me/objections')),
});
export const changeRequestsQuery = queryOptions({
  queryKey: keys.changeRequests,
  queryFn: () =>
    everyItem(cursor => answer(api.GET('/operator/change-objections', { params: { query: { limit: 200, cursor } } }))),
  refetchOnWindowFocus: false, // each reading is in the transparency log
});
