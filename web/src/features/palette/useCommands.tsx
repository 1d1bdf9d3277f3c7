import { useMemo, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Download,
  House,
  Inbox,
  Keyboard,
  LogOut,
  Moon,
  Search,
  Settings,
  ShieldCheck,
  SquarePen,
  UserRound,
} from 'lucide-react';
import { useMe, useSignOut } from '@/features/accounts';
import { openKeys } from '@/features/frame';
import { useProjects } from '@/features/projects';
import { isGuest, workspacesQuery } from '@/features/workspaces';
import { t } from '@/i18n';
import { ColorSquare, Mark, isDark, useTheme } from '@/ui';

export type Command = { id: string; words: string; icon: ReactNode; keys?: string; run: () => void };

/** Everything that can be done or opened from here. */
export function useCommands(workspace: string, onCreate: (() => void) | undefined): Command[] {
  const navigate = useNavigate();
  const me = useMe();
  const signOut = useSignOut();
  const projects = useProjects(workspace).data;
  const workspaces = useQuery(workspacesQuery).data;
  const [theme, setTheme] = useTheme();
  return useMemo(() => {
    const params = { workspace };
    const commands: Command[] = [
      ...(onCreate
        ? [{ id: 'create', words: t('frame.new_task'), icon: <SquarePen size={16} />, keys: 'c', run: onCreate }]
        : []),
      {
        id: 'home',
        words: t('frame.home'),
        icon: <House size={16} />,
        keys: 'g h',
        run: () => void navigate({ to: '/w/$workspace', params }),
      },
      {
        id: 'search',
        words: t('frame.search'),
        icon: <Search size={16} />,
        keys: '/',
        run: () => void navigate({ to: '/w/$workspace/search', params }),
      },
      ...(projects ?? []).map(project => ({
        id: `project ${project.id}`,
        words: project.name,
        icon: <ColorSquare color={project.color} />,
        run: () => void navigate({ to: '/w/$workspace/p/$project', params: { workspace, project: project.id } }),
      })),
      ...(isGuest(workspaces?.find(one => one.id === workspace))
        ? []
        : [
            {
              id: 'import',
              words: t('welcome.import'),
              icon: <Download size={16} />,
              run: () => void navigate({ to: '/w/$workspace/import', params }),
            },
          ]),
      {
        id: 'settings',
        words: t('frame.settings'),
        icon: <Settings size={16} />,
        run: () => void navigate({ to: '/w/$workspace/settings', params }),
      },
      ...(workspaces ?? [])
        .filter(one => one.id !== workspace)
        .map(one => ({
          id: `workspace ${one.id}`,
          words: t('palette.workspace', { name: one.name }),
          icon: <Mark size={16} />,
          run: () => void navigate({ to: '/w/$workspace', params: { workspace: one.id } }),
        })),
      {
        id: 'privacy',
        words: t('frame.my_privacy'),
        icon: <ShieldCheck size={16} />,
        keys: 'g p',
        run: () => void navigate({ to: '/me' }),
      },
      {
        id: 'account',
        words: t('frame.account'),
        icon: <UserRound size={16} />,
        run: () => void navigate({ to: '/me/account' }),
      },
      {
        id: 'theme',
        words: isDark(theme) ? t('palette.to_light') : t('palette.to_dark'),
        icon: <Moon size={16} />,
        run: () => setTheme(isDark(theme) ? 'light' : 'dark'),
      },
      { id: 'keys', words: t('frame.keys'), icon: <Keyboard size={16} />, keys: '?', run: openKeys },
      { id: 'sign-out', words: t('frame.sign_out'), icon: <LogOut size={16} />, run: () => void signOut() },
    ];
    if (me?.is_operator) {
      commands.push({
        id: 'outbox',
        words: t('frame.outbox'),
        icon: <Inbox size={16} />,
        run: () => void navigate({ to: '/me/outbox' }),
      });
    }
    return commands;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the functions are new on each render and do the same
  }, [workspace, projects, workspaces, theme, me, onCreate]);
}
