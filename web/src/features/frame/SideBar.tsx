import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { House, PanelLeftClose, Plus, Search, Settings, ShieldCheck, SquarePen } from 'lucide-react';
import { sentence } from '@/api';
import { NewProjectDialog, useProjects } from '@/features/projects';
import { isAdmin, isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, buttonClass, ColorSquare, Failure, IconButton, Tip } from '@/ui';
import { useFrame } from './frameContext';
import { PersonMenu } from './PersonMenu';
import css from './SideBar.module.css';
import { WorkspaceSwitcher } from './WorkspaceSwitcher';

export function SideBar({ workspace, onFold }: { workspace: string; onFold: () => void }) {
  const frame = useFrame();
  const here = useWorkspace(workspace);
  const params = { workspace };
  return (
    <nav className={css.bar} aria-label={t('frame.navigation')}>
      <div className={css.top}>
        <WorkspaceSwitcher workspace={workspace} />
        <IconButton label={t('frame.fold')} keys="[" onClick={onFold}>
          <PanelLeftClose size={16} />
        </IconButton>
      </div>
      <div className={css.scroll}>
        {frame.createTask && (
          <button type="button" className={css.link} onClick={frame.createTask}>
            <SquarePen size={16} aria-hidden />
            {t('frame.new_task')}
            <span className={css.keys}>c</span>
          </button>
        )}
        <Link to="/w/$workspace" params={params} activeOptions={{ exact: true }} className={css.link}>
          <House size={16} aria-hidden />
          {t('frame.home')}
        </Link>
        <Link to="/w/$workspace/search" params={params} className={css.link}>
          <Search size={16} aria-hidden />
          {t('frame.search')}
          <span className={css.keys}>/</span>
        </Link>
        <Projects workspace={workspace} canCreate={!isGuest(here)} />
      </div>
      <div className={css.foot}>
        <PersonMenu />
        {isAdmin(here) && (
          <Tip label={t('frame.settings')}>
            <Link
              to="/w/$workspace/settings"
              params={params}
              className={buttonClass('quiet', 'small')}
              aria-label={t('frame.settings')}
            >
              <Settings size={16} />
            </Link>
          </Tip>
        )}
        <Tip label={t('frame.my_privacy')}>
          <Link to="/me" className={buttonClass('quiet', 'small')} aria-label={t('frame.my_privacy')}>
            <ShieldCheck size={16} />
          </Link>
        </Tip>
      </div>
    </nav>
  );
}

function Projects({ workspace, canCreate }: { workspace: string; canCreate: boolean }) {
  const projects = useProjects(workspace);
  const [isNaming, setNaming] = useState(false);
  return (
    <>
      <div className={css.heading}>
        {t('frame.projects')}
        {canCreate && (
          <IconButton tiny label={t('project.new')} onClick={() => setNaming(true)}>
            <Plus size={14} />
          </IconButton>
        )}
      </div>
      {projects.isPending && (
        <Bones>
          <div className={css.bones}>
            <Bone width="64%" />
            <Bone width="80%" />
            <Bone width="52%" />
          </div>
        </Bones>
      )}
      {projects.isError && <Failure text={sentence(projects.error)} again={() => void projects.refetch()} />}
      {projects.data?.map(project => (
        <Link
          key={project.id}
          to="/w/$workspace/p/$project"
          params={{ workspace, project: project.id }}
          className={css.link}
          activeOptions={{ includeSearch: false }}
        >
          <span className={css.square}>
            <ColorSquare color={project.color} />
          </span>
          <span className={css.words} dir="auto">
            {project.name}
          </span>
        </Link>
      ))}
      {isNaming && <NewProjectDialog workspace={workspace} onClose={() => setNaming(false)} />}
    </>
  );
}
