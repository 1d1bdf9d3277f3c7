import { Link, Outlet } from '@tanstack/react-router';
import { ArrowLeft, Download, Inbox, KeyRound, ListChecks, Scale, ScrollText, ShieldCheck, Trash2, UserRound } from 'lucide-react';
import { useMe } from '@/features/accounts';
import { t } from '@/i18n';
import { Mark } from '@/ui';
import css from './PrivacyFrame.module.css';

/** What belongs to the person and to no workspace: one column of rooms beside a calm page. */
export function PrivacyFrame() {
  const me = useMe();
  return (
    <div className={css.frame}>
      <header className={css.top}>
        <Link to="/" className={css.back}>
          <ArrowLeft size={16} aria-hidden />
          {t('privacy.back')}
        </Link>
        <span className={css.mark}>
          <Mark size={22} />
        </span>
      </header>
      <nav className={css.rooms} aria-label={t('privacy.rooms')}>
        <Link to="/me" activeOptions={{ exact: true }} className={css.room}>
          <ShieldCheck size={16} aria-hidden />
          {t('privacy.data')}
        </Link>
        <Link to="/me/consents" className={css.room}>
          <ListChecks size={16} aria-hidden />
          {t('privacy.consents')}
        </Link>
        <Link to="/me/export" className={css.room}>
          <Download size={16} aria-hidden />
          {t('privacy.export')}
        </Link>
        <Link to="/me/account" className={css.room}>
          <UserRound size={16} aria-hidden />
          {t('frame.account')}
        </Link>
        <Link to="/me/sessions" className={css.room}>
          <KeyRound size={16} aria-hidden />
          {t('privacy.sessions')}
        </Link>
        <Link to="/me/holds" className={css.room}>
          <Scale size={16} aria-hidden />
          {t('privacy.holds')}
        </Link>
        <Link to="/me/log" className={css.room}>
          <ScrollText size={16} aria-hidden />
          {t('privacy.log')}
        </Link>
        {me?.is_operator && (
          <Link to="/me/outbox" className={css.room}>
            <Inbox size={16} aria-hidden />
            {t('frame.outbox')}
          </Link>
        )}
        <Link to="/me/erase" className={css.room}>
          <Trash2 size={16} aria-hidden />
          {t('privacy.erase')}
        </Link>
      </nav>
      <main className={css.main}>
        <Outlet />
      </main>
    </div>
  );
}
