import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown, Plus, Settings } from 'lucide-react';
import { useWorkspace, workspacesQuery } from '@/features/workspaces';
import { t } from '@/i18n';
import { Mark, Menu, MenuItem, MenuLine } from '@/ui';
import css from './SideBar.module.css';

export function WorkspaceSwitcher({ workspace }: { workspace: string }) {
  const workspaces = useQuery(workspacesQuery);
  const here = useWorkspace(workspace);
  const navigate = useNavigate();
  return (
    <Menu
      placement="bottom-start"
      button={
        <button type="button" className={css.switcher} aria-label={t('frame.switch', { workspace: here?.name ?? '' })}>
          <Mark size={22} />
          <span className={css.words} dir="auto">
            {here?.name}
          </span>
          <ChevronsUpDown size={14} aria-hidden />
        </button>
      }
    >
      {workspaces.data?.map(one => (
        <MenuItem
          key={one.id}
          keys={one.id === workspace ? <Check size={14} aria-hidden /> : undefined}
          onSelect={() => void navigate({ to: '/w/$workspace', params: { workspace: one.id } })}
        >
          {one.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        icon={<Settings size={15} />}
        onSelect={() => void navigate({ to: '/w/$workspace/settings', params: { workspace } })}
      >
        {t('frame.settings')}
      </MenuItem>
      <MenuItem icon={<Plus size={15} />} onSelect={() => void navigate({ to: '/new-workspace' })}>
        {t('frame.new_workspace')}
      </MenuItem>
    </Menu>
  );
}
