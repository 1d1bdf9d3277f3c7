import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { answer, api, asProblem, hasStatus, keys, sentence, type Project } from '@/api';
import { NotFound, Page, TopLine } from '@/features/frame';
import { isGuest, useWorkspace } from '@/features/workspaces';
import { t } from '@/i18n';
import { Bone, Bones, Button, ColorPicker, Confirm, Failure, offerUndo, SelectField, TextField, TryAgain } from '@/ui';
import css from './projects.module.css';
import { useProject, useTeams } from './queries';

type ProjectChange = Partial<Pick<Project, 'name' | 'key' | 'color' | 'team_id' | 'description'>> & {
  archived?: boolean;
};

function useChangeProject(workspace: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProjectChange) =>
      answer(
        api.PATCH('/workspaces/{workspace}/projects/{project}', { params: { path: { workspace, project } }, body }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.projects(workspace) }),
        client.invalidateQueries({ queryKey: keys.archivedProjects(workspace) }),
        client.invalidateQueries({ queryKey: keys.board(project) }),
      ]),
  });
}

export function ProjectSettingsPage() {
  const { workspace, project: id } = useParams({ from: '/inside/w/$workspace/p/$project/settings' });
  const project = useProject(workspace, id);
  if (isGuest(useWorkspace(workspace))) return <NotFound />;
  return (
    <>
      <TopLine
        title={
          <>
            {project.data && (
              <Link to="/w/$workspace/p/$project" params={{ workspace, project: id }} className={css.crumb} dir="auto">
                {project.data.name}
              </Link>
            )}
            <span>{t('project.settings')}</span>
          </>
        }
      />
      <Page>
        {project.isPending && (
          <Bones>
            <Bone width="100%" height={240} />
          </Bones>
        )}
        {project.isError &&
          (hasStatus(project.error, 404) ? (
            <NotFound />
          ) : (
            <TryAgain text={sentence(project.error)} again={project.refetch} />
          ))}
        {project.data && (
          <>
            <Details key={project.data.id} project={project.data} />
            <Ends project={project.data} />
          </>
        )}
      </Page>
    </>
  );
}

function Details({ project }: { project: Project }) {
  const change = useChangeProject(project.workspace_id, project.id);
  const teams = useTeams(project.workspace_id);
  const [wish, setWish] = useState({
    name: project.name,
    key: project.key,
    color: project.color,
    team_id: project.team_id,
  });
  const problem = asProblem(change.error);
  const isAtField = problem?.field('/name') ?? problem?.field('/key');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { name, key, color, team_id } = project;
    const before = { name, key, color, team_id };
    const undo = () => {
      setWish(before);
      change.mutate(before);
    };
    change.mutate(wish, { onSuccess: () => offerUndo(t('project.changed'), undo) });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField
        label={t('project.name')}
        required
        dir="auto"
        value={wish.name}
        wrong={problem?.field('/name')}
        onChange={event => setWish({ ...wish, name: event.target.value })}
      />
      <TextField
        label={t('project.key')}
        why={t('project.key_change_why', { key: wish.key || 'WEB' })}
        required
        maxLength={10}
        value={wish.key}
        wrong={problem?.field('/key')}
        onChange={event => setWish({ ...wish, key: event.target.value.toUpperCase().replace(/[^A-Z0-9]/g, '') })}
      />
      <ColorPicker label={t('project.color')} value={wish.color} onChange={color => setWish({ ...wish, color })} />
      {teams.data && teams.data.length > 0 && (
        <SelectField
          label={t('project.team')}
          value={wish.team_id ?? ''}
          onChange={event => setWish({ ...wish, team_id: event.target.value || null })}
        >
          <option value="">{t('project.no_team')}</option>
          {teams.data.map(team => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
      )}
      {change.isError && !isAtField && <Failure text={sentence(change.error)} />}
      <div>
        <Button
          type="submit"
          look="primary"
          busy={change.isPending}
          disabled={wish.name.trim() === '' || wish.key === ''}
        >
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function Ends({ project }: { project: Project }) {
  const { workspace_id: workspace, id, archived_at } = project;
  const change = useChangeProject(workspace, id);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/workspaces/{workspace}/projects/{project}', { params: { path: { workspace, project: id } } }),
      ),
    onSuccess: async () => {
      client.removeQueries({ queryKey: keys.board(id) });
      await navigate({ to: '/w/$workspace', params: { workspace } });
      await client.invalidateQueries({ queryKey: keys.projects(workspace), exact: true });
    },
  });
  const isArchived = archived_at !== null;
  const archive = () =>
    change.mutate(
      { archived: !isArchived },
      {
        onSuccess: () =>
          offerUndo(t(isArchived ? 'project.said.restored' : 'project.said.archived'), () =>
            change.mutate({ archived: isArchived }),
          ),
      },
    );
  return (
    <section className={css.section} aria-labelledby="ends">
      <h2 id="ends">{t('project.ends')}</h2>
      <p>{t('project.ends_text')}</p>
      {change.isError && <Failure text={sentence(change.error)} />}
      <div className={css.acts}>
        <Button busy={change.isPending} onClick={archive}>
          {isArchived ? t('project.restore') : t('project.archive')}
        </Button>
        <Button look="dangerQuiet" onClick={() => setAsking(true)}>
          {t('project.delete')}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t('project.delete_title', { name: project.name })}
          text={t('project.delete_text', { count: project.task_count })}
          act={t('project.delete')}
          isDangerous
          onClose={() => setAsking(false)}
          onAct={() => remove.mutateAsync()}
        />
      )}
    </section>
  );
}
