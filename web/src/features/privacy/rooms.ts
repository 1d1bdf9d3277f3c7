import type { LinkProps } from '@tanstack/react-router';
import {
  Activity,
  Bug,
  ChartColumn,
  Download,
  Eye,
  FileClock,
  Hand,
  Inbox,
  KeyRound,
  ListChecks,
  MessageCircleQuestionMark,
  PackageOpen,
  Quote,
  Scale,
  ScrollText,
  Send,
  Trash2,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { WordKey } from '@/i18n';

/** In this order on the overview and in the side navigation. */
export const roomGroups = ['see', 'decide', 'correct', 'take', 'operate'] as const;
export type RoomGroup = (typeof roomGroups)[number];

export type Room = { to: LinkProps['to']; group: RoomGroup; icon: LucideIcon; title: WordKey; about: WordKey };

/**
 * Every part of My privacy. One line here puts a page into the overview, the side navigation and the window's title; its address is
 * in routes.tsx, and what the overview says at its right in facts.tsx. The group `operate` is the operators'.
 */
export const rooms: Room[] = [
  { to: '/me/data', group: 'see', icon: Eye, title: 'privacy.data', about: 'privacy.data_about' },
  { to: '/me/disclosures', group: 'see', icon: Send, title: 'privacy.disclosures', about: 'privacy.disclosures_about' },
  { to: '/me/activity', group: 'see', icon: Activity, title: 'activity.title', about: 'privacy.activity_about' },
  { to: '/me/holds', group: 'see', icon: Scale, title: 'privacy.holds', about: 'privacy.holds_about' },
  { to: '/me/log', group: 'see', icon: ScrollText, title: 'privacy.log', about: 'privacy.log_about' },
  { to: '/me/consents', group: 'decide', icon: ListChecks, title: 'privacy.consents', about: 'privacy.consents_about' },
  { to: '/me/rights', group: 'decide', icon: Hand, title: 'rights.title', about: 'rights.about' },
  { to: '/me/account', group: 'correct', icon: UserRound, title: 'frame.account', about: 'privacy.account_about' },
  { to: '/me/sessions', group: 'correct', icon: KeyRound, title: 'privacy.sessions', about: 'privacy.sessions_about' },
  { to: '/me/written', group: 'correct', icon: Quote, title: 'written.title', about: 'written.about' },
  { to: '/me/export', group: 'take', icon: Download, title: 'privacy.export', about: 'privacy.export_about' },
  { to: '/me/move', group: 'take', icon: PackageOpen, title: 'move.mine', about: 'move.about' },
  { to: '/me/erase', group: 'take', icon: Trash2, title: 'privacy.erase', about: 'privacy.erase_about' },
  {
    to: '/me/publications',
    group: 'operate',
    icon: FileClock,
    title: 'publications.title',
    about: 'publications.about',
  },
  {
    to: '/me/requests',
    group: 'operate',
    icon: MessageCircleQuestionMark,
    title: 'requests.title',
    about: 'requests.about',
  },
  { to: '/me/outbox', group: 'operate', icon: Inbox, title: 'frame.outbox', about: 'privacy.outbox_about' },
  { to: '/me/statistics', group: 'operate', icon: ChartColumn, title: 'statistics.title', about: 'statistics.about' },
  { to: '/me/crashes', group: 'operate', icon: Bug, title: 'crashes.title', about: 'crashes.about' },
];

export type RoomSet = { group: RoomGroup; rooms: Room[] };

/** The groups that somebody sees, without empty ones. */
export function roomsFor(isOperator: boolean): RoomSet[] {
  return roomGroups
    .filter(group => group !== 'operate' || isOperator)
    .map(group => ({ group, rooms: rooms.filter(room => room.group === group) }))
    .filter(set => set.rooms.length > 0);
}
