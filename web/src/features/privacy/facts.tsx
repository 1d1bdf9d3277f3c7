import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';
import { t } from '@/i18n';
import {
  consentsQuery,
  disclosuresQuery,
  myDataQuery,
  objectionsQuery,
  restrictionQuery,
  sessionsQuery,
} from './queries';

/** What stands at the right of a room on the overview, by its address; absent where there is nothing short to say. */
export const facts: Record<string, () => ReactNode> = {
  '/me/data': HeldCount,
  '/me/disclosures': DisclosureCount,
  '/me/log': LoggedCount,
  '/me/consents': GivenCount,
  '/me/rights': RightsState,
  '/me/sessions': SessionCount,
};

function HeldCount() {
  const data = useQuery(myDataQuery).data;
  return data && t('privacy.entries', { count: data.total });
}

function DisclosureCount() {
  const lines = useQuery(disclosuresQuery).data;
  return lines && t('privacy.entries', { count: lines.length });
}

/** The newest page is enough to say how many, up to its size. */
function LoggedCount() {
  const query = {
    queryKey: [...keys.myLog, 'count'],
    queryFn: () => answer(api.GET('/me/log', { params: { query: { limit: 200 } } })),
  };
  const log = useQuery(query).data;
  if (!log) return null;
  return log.next === null
    ? t('privacy.entries', { count: log.items.length })
    : t('privacy.entries_more', { count: log.items.length });
}

function GivenCount() {
  const purposes = useQuery(consentsQuery).data?.purposes;
  return (
    purposes && t('privacy.given', { count: purposes.filter(purpose => purpose.given).length, of: purposes.length })
  );
}

function RightsState() {
  const restriction = useQuery(restrictionQuery).data;
  const objections = useQuery(objectionsQuery).data?.items;
  if (!restriction || !objections) return null;
  if (restriction.state === 'restricted') return t('rights.is_restricted');
  return t('rights.count', { count: objections.filter(one => one.objected).length });
}

function SessionCount() {
  const sessions = useQuery(sessionsQuery).data;
  return sessions && t('privacy.session_count', { count: sessions.length });
}
