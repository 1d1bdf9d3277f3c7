import { useNavigate } from '@tanstack/react-router';
import { Inbox, Keyboard, LogOut, Monitor, Moon, ShieldCheck, Sun, UserRound } from 'lucide-react';
import { useMe, useSignOut } from '@/features/accounts';
import { t } from '@/i18n';
import { Avatar, Menu, MenuHeading, MenuItem, MenuLine, useTheme, type Theme } from '@/ui';
import { openKeys } from './keysDialog';
import css from './SideBar.module.css';

const themes: { theme: Theme; Icon: typeof Sun }[] = [
  { theme: 'system', Icon: Monitor },
  { theme: 'light', Icon: Sun },
  { theme: 'dark', Icon: Moon },
];

export function PersonMenu() {
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const [theme, setTheme] = useTheme();
  if (!me) return <span className={css.switcher} />;
  return (
    <Menu
      placement="top-start"
      button={
        <button type="button" className={css.switcher} aria-label={t('frame.person', { name: me.name })}>
          <Avatar person={me} size={22} />
          <span className={css.words} dir="auto">
            {me.name}
          </span>
        </button>
      }
    >
      <MenuItem icon={<UserRound size={15} />} onSelect={() => void navigate({ to: '/me/account' })}>
        {t('frame.account')}
      </MenuItem>
      <MenuItem icon={<ShieldCheck size={15} />} onSelect={() => void navigate({ to: '/me' })}>
        {t('frame.my_privacy')}
      </MenuItem>
      {me.is_operator && (
        <MenuItem icon={<Inbox size={15} />} onSelect={() => void navigate({ to: '/me/outbox' })}>
          {t('frame.outbox')}
        </MenuItem>
      )}
      <MenuItem icon={<Keyboard size={15} />} keys="?" onSelect={openKeys}>
        {t('frame.keys')}
      </MenuItem>
      <MenuLine />
      <MenuHeading>{t('theme.title')}</MenuHeading>
      {themes.map(({ theme: one, Icon }) => (
        <MenuItem
          key={one}
          icon={<Icon size={15} />}
          keys={one === theme ? t('theme.chosen') : undefined}
          onSelect={() => setTheme(one)}
        >
          {t(`theme.${one}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<LogOut size={15} />} onSelect={() => void signOut()}>
        {t('frame.sign_out')}
      </MenuItem>
    </Menu>
  );
}
