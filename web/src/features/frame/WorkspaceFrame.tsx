import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { hasStatus } from '@/api';
import { store, stored } from '@/base/stored';
import { useLive } from '@/features/live';
import { useProjects } from '@/features/projects';
import { ClosingNotice, isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { useShortcut } from '@/ui';
import css from './Frame.module.css';
import { FrameContext, type Frame } from './frameContext';
import { onOpenKeys, openKeys } from './keysDialog';
import { NotFoundPage } from './NotFound';
import { OfflineNotice } from './OfflineNotice';
import { SideBar } from './SideBar';

const CreateTaskDialog = lazy(async () => ({
  default: (await import('@/features/tasks/CreateTaskDialog')).CreateTaskDialog,
}));
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog')).KeysDialog }));
const Palette = lazy(async () => ({ default: (await import('@/features/palette')).Palette }));
const narrow = '(max-width: 899px)';

/** A workspace that is not there, or not the reader's to see, has no frame. */
export function WorkspaceFrame() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const projects = useProjects(workspace);
  return hasStatus(projects.error, 404) ? <NotFoundPage /> : <FrameInside workspace={workspace} />;
}

function FrameInside({ workspace }: { workspace: string }) {
  const { project } = useParams({ strict: false });
  const [isFolded, setFolded] = useState(stored('sidebar') === 'folded');
  const [isDrawer, setDrawer] = useState(false);
  const [open, setOpen] = useState<'create' | 'palette' | 'keys' | null>(null);
  const path = useLocation({ select: location => location.pathname });
  const navigate = useNavigate();
  const projects = useProjects(workspace);
  const mayCreate = !isGuest(useWorkspace(workspace)) && projects.data?.length !== 0;
  useLive(workspace);

  useEffect(() => setDrawer(false), [path]);
  useEffect(() => store('workspace', workspace), [workspace]);
  useEffect(() => onOpenKeys(() => setOpen('keys')), []);

  const fold = (folded: boolean) => {
    setFolded(folded);
    store('sidebar', folded ? 'folded' : null);
  };
  const frame = useMemo<Frame>(
    () => ({
      workspace,
      openDrawer: () => (window.matchMedia(narrow).matches ? setDrawer(true) : fold(false)),
      createTask: mayCreate ? () => setOpen('create') : undefined,
      openPalette: () => setOpen('palette'),
    }),
    [workspace, mayCreate],
  );
  useShortcut('c', () => setOpen('create'), mayCreate);
  useShortcut('mod+k', () => setOpen('palette'));
  useShortcut('?', openKeys);
  useShortcut('[', () => (window.matchMedia(narrow).matches ? setDrawer(!isDrawer) : fold(!isFolded)));
  useShortcut('/', () => void navigate({ to: '/w/$workspace/search', params: { workspace } }));
  useShortcut('g h', () => void navigate({ to: '/w/$workspace', params: { workspace } }));
  useShortcut('g p', () => void navigate({ to: '/me' }));

  const first = project ?? projects.data?.[0]?.id;
  const close = () => setOpen(null);
  return (
    <FrameContext value={frame}>
      <div className={css.frame} data-folded={isFolded} data-drawer={isDrawer}>
        <a href="#main" className={css.skip}>
          {t('frame.skip')}
        </a>
        <div className={css.side}>
          <SideBar workspace={workspace} onFold={() => (isDrawer ? setDrawer(false) : fold(true))} />
        </div>
        <button type="button" className={css.shade} aria-label={t('common.close')} onClick={() => setDrawer(false)} />
        <main id="main" className={css.main} tabIndex={-1}>
          <OfflineNotice />
          <ClosingNotice workspace={workspace} />
          <Outlet />
        </main>
      </div>
      <Suspense>
        {open === 'create' && first && (
          <CreateTaskDialog workspace={workspace} projects={projects.data ?? []} project={first} onClose={close} />
        )}
        {open === 'keys' && <KeysDialog onClose={close} />}
        {open === 'palette' && <Palette workspace={workspace} onClose={close} onCreate={frame.createTask} />}
      </Suspense>
    </FrameContext>
  );
}
