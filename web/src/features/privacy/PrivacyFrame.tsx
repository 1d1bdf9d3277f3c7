import { Fragment, useEffect } from 'react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ArrowLeft, ShieldCheck } from 'lucide-react';
import { LegalLinks, useMe } from '@/features/accounts';
import { Offer } from '@/features/offers';
import { t } from '@/i18n';
import { Mark } from '@/ui';
import css from './PrivacyFrame.module.css';
import { rooms, roomsFor } from './rooms';

/** What belongs to the person and to no workspace: the rooms beside a calm page. On a phone the overview is the navigation. */
export function PrivacyFrame() {
  const me = useMe();
  const here = useLocation({ select: location => location.pathname.replace(/\/$/, '') });
  const title = rooms.find(room => room.to === here)?.title ?? 'privacy.rooms';
  useEffect(() => {
    document.title = t('frame.title', { name: t(title) });
  }, [title]);
  return (
    <div className={css.frame}>
      <header className={css.top}>
        <Link to="/" className={css.back} data-narrow={here === '/me'}>
          <ArrowLeft size={16} aria-hidden />
          {t('privacy.back')}
        </Link>
        {here !== '/me' && (
          <Link to="/me" className={css.up}>
            <ArrowLeft size={16} aria-hidden />
            {t('privacy.rooms')}
          </Link>
        )}
        <span className={css.mark}>
          <Mark size={22} />
        </span>
      </header>
      <nav className={css.rooms} aria-label={t('privacy.rooms')}>
        <Link to="/me" activeOptions={{ exact: true }} className={css.room}>
          <ShieldCheck size={16} aria-hidden />
          {t('privacy.overview')}
        </Link>
        {roomsFor(me?.is_operator ?? false).map(({ group, rooms: some }) => (
          <Fragment key={group}>
            <h2>{t(`privacy.group.${group}`)}</h2>
            {some.map(room => (
              <Link key={room.to} to={room.to} className={css.room}>
                <room.icon size={16} aria-hidden />
                {t(room.title)}
              </Link>
            ))}
          </Fragment>
        ))}
      </nav>
      <main className={css.main}>
        <Outlet />
        <Offer page="privacy" />
        <LegalLinks />
      </main>
    </div>
  );
}
