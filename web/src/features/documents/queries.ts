import { queryOptions } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';

export const documentsQuery = queryOptions({
  queryKey: keys.documents,
  queryFn: () => answer(api.GET('/documents')),
  staleTime: 60_000,
});

export const versionQuery = (document: string, version: string) =>
  queryOptions({
    queryKey: keys.documentVersion(document, version),
    queryFn: () =>
      answer(api.GET('/documents/{document}/versions/{version}', { params: { path: { document, version } } })),
    staleTime: 300_000,
  });

export const differencesQuery = (document: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.differences(document, from, to),
    queryFn: () =>
      answer(api.GET('/documents/{document}/differences', { params: { path: { document }, query: { from, to } } })),
    staleTime: 300_000,
  });

export const changeObjectionsQuery = queryOptions({
  queryKey: keys.changeObjections,
  queryFn: () => answer(api.GET('/me/change-objections')),
});
