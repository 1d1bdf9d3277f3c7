import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answer, api, everyItem, keys, sentence } from '@/api';
import { ago } from '@/base/dates';
import { Page, TopLine } from '@/features/frame';
import { isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, Button, Empty, Failure, TryAgain } from '@/ui';
import css from './projects.module.css';
import { useArchivedProjects, useProject } from './queries';

type Place = { workspace: string; project: string };

export function ArchivePage() {
  const place = useParams({ from: '/inside/w/$workspace/p/$project/archive' });
  const project = useProject(place.workspace, place.project);
  const canRestore = !isGuest(useWorkspace(place.workspace));
  return (
    <>
      <TopLine
        title={
          <>
            <Link to="/w/$workspace/p/$project" params={place} className={css.crumb} dir="auto">
              {project.data?.name ?? t('view.board')}
            </Link>
            <span>{t('project.archive_and_trash')}</span>
          </>
        }
      />
      <Page>
        <ArchivedTasks {...place} canRestore={canRestore} />
        {canRestore && <Trash {...place} />}
        {canRestore && <ArchivedProjects {...place} />}
      </Page>
    </>
  );
}

function ArchivedTasks({ workspace, project, canRestore }: Place & { canRestore: boolean }) {
  const client = useQueryClient();
  const tasks = useQuery({
    queryKey: keys.archivedTasks(project),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/projects/{project}/tasks', {
            params: { path: { workspace, project }, query: { archived: 'true', sort: '-changed', limit: 200, cursor } },
          }),
        ),
      ),
  });
  const restore = useMutation({
    mutationFn: (task: string) =>
      answer(
        api.PATCH('/workspaces/{workspace}/tasks/{task}', {
          params: { path: { workspace, task } },
          body: { archived: false },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.archivedTasks(project) }),
        client.invalidateQueries({ queryKey: keys.board(project) }),
      ]),
  });
  return (
    <section className={css.section} aria-labelledby="archived">
      <h2 id="archived">{t('archive.tasks')}</h2>
      {tasks.isPending && <RowBones />}
      {tasks.isError && <TryAgain text={sentence(tasks.error)} again={tasks.refetch} />}
      {tasks.data?.length === 0 && <Empty title={t('archive.no_tasks')} text={t('archive.no_tasks_text')} />}
      {restore.isError && <Failure text={sentence(restore.error)} again={() => restore.mutate(restore.variables)} />}
      <ul>
        {tasks.data?.map(task => (
          <li key={task.id} className={css.row}>
            <span className={css.key}>{task.key}</span>
            <Link
              to="/w/$workspace/p/$project/t/$key"
              params={{ workspace, project, key: task.key }}
              className={css.title}
              dir="auto"
            >
              {task.title}
            </Link>
            <span className={css.when}>{task.archived_at && ago(task.archived_at)}</span>
            {canRestore && (
              <Button size="small" onClick={() => restore.mutate(task.id)}>
                {t('task.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Trash({ workspace, project }: Place) {
  const client = useQueryClient();
  const trash = useQuery({
    queryKey: keys.trash(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/trash', { params: { path: { workspace }, query: { limit: 200, cursor } } }),
        ),
      ),
  });
  const restore = useMutation({
    mutationFn: (task: string) =>
      answer(api.POST('/workspaces/{workspace}/tasks/{task}/restoration', { params: { path: { workspace, task } } })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.trash(workspace) }),
        client.invalidateQueries({ queryKey: keys.board(project) }),
      ]),
  });
  const mine = trash.data?.filter(task => task.project_id === project) ?? [];
  return (
    <section className={css.section} aria-labelledby="trash">
      <h2 id="trash">{t('archive.trash')}</h2>
      <p>{t('archive.trash_text')}</p>
      {trash.isPending && <RowBones />}
      {trash.isError && <TryAgain text={sentence(trash.error)} again={trash.refetch} />}
      {restore.isError && <Failure text={sentence(restore.error)} again={() => restore.mutate(restore.variables)} />}
      <ul>
        {mine.map(task => (
          <li key={task.id} className={css.row}>
            <span className={css.key}>{task.key}</span>
            <span className={css.title} dir="auto">
              {task.title}
            </span>
            <span className={css.when}>{ago(task.deleted_at)}</span>
            <Button size="small" onClick={() => restore.mutate(task.id)}>
              {t('task.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ArchivedProjects({ workspace }: Place) {
  const projects = useArchivedProjects(workspace);
  if (!projects.data || projects.data.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="projects">
      <h2 id="projects">{t('archive.projects')}</h2>
      <ul>
        {projects.data.map(project => (
          <li key={project.id} className={css.row}>
            <Link
              to="/w/$workspace/p/$project/settings"
              params={{ workspace, project: project.id }}
              className={css.title}
              dir="auto"
            >
              {project.name}
            </Link>
            <span className={css.when}>{project.archived_at && ago(project.archived_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RowBones() {
  return (
    <Bones>
      <Bone width="100%" height={64} />
    </Bones>
  );
}
