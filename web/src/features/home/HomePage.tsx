import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answer, api, everyItem, keys, sentence, type MyTask, type Project } from '@/api';
import { dueGroup, type DueGroup } from '@/base/dates';
import { groupedBy } from '@/base/grouped';
import { useMe } from '@/features/accounts';
import { Page, TopLine, useFrame } from '@/features/frame';
import { Offer } from '@/features/offers';
import { useProjects } from '@/features/projects';
import { DueDate, PriorityIcon, StatusIcon } from '@/features/tasks';
import { isGuest, useWorkspace, Welcome } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, Button, ColorSquare, Empty, TryAgain } from '@/ui';
import css from './HomePage.module.css';

const groups: DueGroup[] = ['overdue', 'today', 'week', 'later', 'none'];

export function HomePage() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const here = useWorkspace(workspace);
  const projects = useProjects(workspace);
  const me = useMe();
  const isNew = projects.data?.length === 0;
  return (
    <>
      <TopLine title={t('frame.home')} />
      {isNew && here && !isGuest(here) ? (
        <Page isWide>
          <Welcome workspace={workspace} name={here.name} />
        </Page>
      ) : (
        <Page>
          <h2 className={css.greeting}>{t('home.greeting', { name: me?.name ?? '' })}</h2>
          <MyTasks />
          {projects.data && <Projects workspace={workspace} projects={projects.data} />}
          <Offer page="home" />
        </Page>
      )}
    </>
  );
}

function MyTasks() {
  const { createTask } = useFrame();
  const tasks = useQuery({
    queryKey: keys.myTasks,
    queryFn: () => everyItem(cursor => answer(api.GET('/me/tasks', { params: { query: { limit: 200, cursor } } }))),
    staleTime: 15_000,
  });
  if (tasks.isPending) return <TasksSkeleton />;
  if (tasks.isError) return <TryAgain text={sentence(tasks.error)} again={tasks.refetch} />;
  if (tasks.data.length === 0) {
    return (
      <Empty title={t('home.no_tasks')} text={t('home.no_tasks_text')}>
        {createTask && (
          <Button look="primary" onClick={createTask}>
            {t('frame.new_task')}
          </Button>
        )}
      </Empty>
    );
  }
  const now = new Date();
  const sorted = groupedBy(tasks.data, task => dueGroup(task.due_at, now));
  return (
    <div className={css.groups}>
      {groups.map(group => {
        const mine = sorted.get(group);
        if (!mine) return null;
        return (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h3 id={`group-${group}`} className={css.heading} data-group={group}>
              {t(`home.group.${group}`)} <span>{mine.length}</span>
            </h3>
            <ul className={css.tasks}>
              {mine.map(task => (
                <TaskLine key={task.id} task={task} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function TaskLine({ task }: { task: MyTask }) {
  return (
    <li>
      <Link
        to="/w/$workspace/p/$project/t/$key"
        params={{ workspace: task.workspace_id, project: task.project_id, key: task.key }}
        className={css.task}
      >
        <StatusIcon group={task.status_group} color="gray" />
        <span className={css.title} dir="auto">
          {task.title}
        </span>
        {task.priority !== 'none' && <PriorityIcon priority={task.priority} />}
        {task.due_at && <DueDate due={task.due_at} isDone={false} />}
        <span className={css.project}>
          <ColorSquare color={task.project_color} />
          <span dir="auto">{task.project_name}</span>
        </span>
      </Link>
    </li>
  );
}

function Projects({ workspace, projects }: { workspace: string; projects: Project[] }) {
  const recent = [...projects].sort((a, b) => (a.changed_at < b.changed_at ? 1 : -1)).slice(0, 6);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="projects">
      <h3 id="projects" className={css.heading}>
        {t('home.projects')}
      </h3>
      <ul className={css.projects}>
        {recent.map(project => (
          <li key={project.id}>
            <Link to="/w/$workspace/p/$project" params={{ workspace, project: project.id }} className={css.card}>
              <ColorSquare color={project.color} />
              <span className={css.title} dir="auto">
                {project.name}
              </span>
              <span className={css.open}>{t('home.open_tasks', { count: project.open_count })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TasksSkeleton() {
  return (
    <Bones>
      <div className={css.bones}>
        <Bone width={96} />
        {[72, 58, 80, 64].map(width => (
          <Bone key={width} width={`${width}%`} height={18} />
        ))}
      </div>
    </Bones>
  );
}
