import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArchiveX, Ellipsis, Settings, Tags } from 'lucide-react';
import { hasStatus, sentence, type Board, type Card } from '@/api';
import { NotFound, TopLine } from '@/features/frame';
import { useBoard } from '@/features/tasks';
import { isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, ColorSquare, IconButton, Menu, MenuItem, Notice, TryAgain } from '@/ui';
import boardCss from './BoardView.module.css';
import { BoardView } from './BoardView';
import { FilterButton } from './FilterBar';
import { shows } from './filter';
import css from './ProjectPage.module.css';
import { focusCard } from './useBoardKeys';

const LabelsDialog = lazy(async () => ({ default: (await import('./LabelsDialog')).LabelsDialog }));
const TaskPanel = lazy(async () => ({ default: (await import('@/features/tasks/TaskPanel')).TaskPanel }));
const ListView = lazy(async () => ({ default: (await import('@/features/list')).ListView }));

export function ProjectPage() {
  const { workspace, project } = useParams({ from: '/inside/w/$workspace/p/$project' });
  const board = useBoard({ workspace, project });
  useEffect(() => {
    if (board.data) document.title = t('frame.title', { name: board.data.project.name });
  }, [board.data]);
  if (board.isPending) return <BoardSkeleton />;
  if (board.isError) {
    if (hasStatus(board.error, 404)) return <NotFound />;
    return (
      <>
        <TopLine title={t('project.title')} />
        <TryAgain text={sentence(board.error)} again={board.refetch} />
      </>
    );
  }
  return <Project key={project} board={board.data} />;
}

function Project({ board }: { board: Board }) {
  const { workspace, project } = useParams({ from: '/inside/w/$workspace/p/$project' });
  const { key: openKey } = useParams({ strict: false });
  const { view, ...filter } = useSearch({ from: '/inside/w/$workspace/p/$project' });
  const navigate = useNavigate();
  const here = useWorkspace(workspace);
  const [isLabelling, setLabelling] = useState(false);
  const place = useMemo(() => ({ workspace, project }), [workspace, project]);
  const canEdit = !isGuest(here) && !board.project.archived;
  const { q, assignee, label, due } = filter;
  const cards = useMemo(
    () => board.tasks.filter(shows({ q, assignee, label, due }, board.project, new Date())),
    [board.tasks, board.project, q, assignee, label, due],
  );
  const keyOf = useCallback((card: Card) => `${board.project.key}-${card.number}`, [board.project.key]);
  const hrefOf = useCallback(
    (card: Card) => `/w/${workspace}/p/${project}/t/${keyOf(card)}${view ? `?view=${view}` : ''}`,
    [workspace, project, keyOf, view],
  );
  const open = useCallback(
    (card: Card) =>
      void navigate({
        to: '/w/$workspace/p/$project/t/$key',
        params: { workspace, project, key: keyOf(card) },
        search: now => now,
      }),
    [navigate, workspace, project, keyOf],
  );
  const close = useCallback(() => {
    const card = board.tasks.find(task => keyOf(task) === openKey);
    void navigate({ to: '/w/$workspace/p/$project', params: { workspace, project }, search: now => now });
    if (card) requestAnimationFrame(() => focusCard(card.id));
  }, [navigate, workspace, project, board.tasks, keyOf, openKey]);
  return (
    <>
      <TopLine
        title={
          <>
            <ColorSquare color={board.project.color} />
            <span className={css.name} dir="auto">
              {board.project.name}
            </span>
          </>
        }
        tabs={<Tabs workspace={workspace} project={project} view={view} />}
      >
        <FilterButton
          board={board}
          filter={filter}
          shown={cards.length}
          onChange={next => void navigate({ to: '.', search: { ...next, ...(view ? { view } : {}) }, replace: true })}
        />
        <ProjectMenu
          workspace={workspace}
          project={project}
          isGuest={isGuest(here)}
          onLabels={() => setLabelling(true)}
        />
      </TopLine>
      {board.project.archived && (
        <div className={css.notice}>
          <Notice look="warning" icon={<ArchiveX size={16} />}>
            {t('project.is_archived')}
          </Notice>
        </div>
      )}
      <div className={css.place}>
        {view === 'list' ? (
          <Suspense fallback={<ListSkeleton />}>
            <ListView place={place} board={board} cards={cards} canEdit={canEdit} hrefOf={hrefOf} onOpen={open} />
          </Suspense>
        ) : (
          <BoardView
            place={place}
            board={board}
            cards={cards}
            open={openKey}
            canEdit={canEdit}
            hrefOf={hrefOf}
            onOpen={open}
          />
        )}
        {openKey && (
          <Suspense>
            <TaskPanel workspace={workspace} taskKey={openKey} board={board} onClose={close} />
          </Suspense>
        )}
      </div>
      <Suspense>
        {isLabelling && <LabelsDialog place={place} board={board} onClose={() => setLabelling(false)} />}
      </Suspense>
    </>
  );
}

function Tabs({ workspace, project, view }: { workspace: string; project: string; view: 'list' | undefined }) {
  const tabs = [
    { word: 'view.board', view: undefined },
    { word: 'view.list', view: 'list' },
  ] as const;
  return (
    <nav className={css.tabs} aria-label={t('view.title')}>
      {tabs.map(tab => (
        <Link
          key={tab.word}
          to="/w/$workspace/p/$project"
          params={{ workspace, project }}
          search={now => ({ ...now, view: tab.view })}
          className={css.tab}
          aria-current={tab.view === view ? 'page' : undefined}
          data-chosen={tab.view === view}
        >
          {t(tab.word)}
        </Link>
      ))}
    </nav>
  );
}

type ProjectMenuProps = { workspace: string; project: string; isGuest: boolean; onLabels: () => void };

function ProjectMenu({ workspace, project, isGuest, onLabels }: ProjectMenuProps) {
  const navigate = useNavigate();
  const params = { workspace, project };
  return (
    <Menu
      button={
        <IconButton label={t('project.menu')}>
          <Ellipsis size={16} />
        </IconButton>
      }
    >
      {!isGuest && (
        <MenuItem icon={<Tags size={15} />} onSelect={onLabels}>
          {t('label.title')}
        </MenuItem>
      )}
      <MenuItem
        icon={<ArchiveX size={15} />}
        onSelect={() => void navigate({ to: '/w/$workspace/p/$project/archive', params })}
      >
        {t('project.archive_and_trash')}
      </MenuItem>
      {!isGuest && (
        <MenuItem
          icon={<Settings size={15} />}
          onSelect={() => void navigate({ to: '/w/$workspace/p/$project/settings', params })}
        >
          {t('project.settings')}
        </MenuItem>
      )}
    </Menu>
  );
}

function BoardSkeleton() {
  return (
    <>
      <TopLine title={<Bone width={120} />} />
      <div className={boardCss.skeleton}>
        <Bones>
          {[5, 3, 4, 2].map((count, column) => (
            <div key={column} className={boardCss.bones}>
              <Bone width={104} height={16} />
              {Array.from({ length: count }, (_, card) => (
                <Bone key={card} width="100%" height={card % 2 ? 70 : 90} />
              ))}
            </div>
          ))}
        </Bones>
      </div>
    </>
  );
}

function ListSkeleton() {
  return (
    <Bones>
      <div className={css.bones}>
        {Array.from({ length: 10 }, (_, row) => (
          <Bone key={row} width="100%" height={20} />
        ))}
      </div>
    </Bones>
  );
}
