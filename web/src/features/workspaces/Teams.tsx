import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, everyItem, keys, sentence, type Team } from '@/api';
import { t } from '@/i18n';
import { Button, Confirm, Failure, TextField } from '@/ui';
import css from './settings.module.css';

export function Teams({ workspace }: { workspace: string }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const teams = useQuery({
    queryKey: keys.teams(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/teams', { params: { path: { workspace }, query: { limit: 200, cursor } } }),
        ),
      ),
  });
  const create = useMutation({
    mutationFn: () =>
      answer(api.POST('/workspaces/{workspace}/teams', { params: { path: { workspace } }, body: { name } })),
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: keys.teams(workspace) });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <section className={css.section} aria-labelledby="teams">
      <h2 id="teams">{t('teams.title')}</h2>
      <p>{t('teams.text')}</p>
      {teams.isError && <Failure text={sentence(teams.error)} again={() => void teams.refetch()} />}
      <ul>
        {teams.data?.map(team => (
          <TeamRow key={team.id} workspace={workspace} team={team} />
        ))}
      </ul>
      <form className={css.line} onSubmit={submit}>
        <TextField label={t('teams.name')} dir="auto" value={name} onChange={event => setName(event.target.value)} />
        <Button type="submit" busy={create.isPending} disabled={name.trim() === ''}>
          {t('teams.add')}
        </Button>
      </form>
      {create.isError && <Failure text={sentence(create.error)} />}
    </section>
  );
}

function TeamRow({ workspace, team }: { workspace: string; team: Team }) {
  const client = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const path = { workspace, team: team.id };
  const onSuccess = () => {
    setName(null);
    return client.invalidateQueries({ queryKey: keys.teams(workspace) });
  };
  const change = useMutation({
    mutationFn: (wanted: string) =>
      answer(api.PATCH('/workspaces/{workspace}/teams/{team}', { params: { path }, body: { name: wanted } })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/workspaces/{workspace}/teams/{team}', { params: { path } })),
    onSuccess,
  });
  if (name !== null) {
    return (
      <li className={css.row}>
        <form
          className={css.line}
          onSubmit={event => {
            event.preventDefault();
            change.mutate(name);
          }}
        >
          <TextField
            label={t('teams.name')}
            isLabelHidden
            dir="auto"
            value={name}
            onChange={event => setName(event.target.value)}
          />
          <Button type="submit" busy={change.isPending} disabled={name.trim() === ''}>
            {t('common.save')}
          </Button>
          <Button look="quiet" onClick={() => setName(null)}>
            {t('common.cancel')}
          </Button>
        </form>
        {change.isError && <Failure text={sentence(change.error)} />}
      </li>
    );
  }
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong dir="auto">{team.name}</strong>
      </div>
      <Button size="small" look="quiet" onClick={() => setName(team.name)}>
        {t('teams.rename')}
      </Button>
      <Button size="small" look="quiet" onClick={() => setAsking(true)}>
        {t('common.delete')}
      </Button>
      {isAsking && (
        <Confirm
          title={t('teams.delete_title', { name: team.name })}
          text={t('teams.delete_text')}
          act={t('teams.delete')}
          isDangerous
          onClose={() => setAsking(false)}
          onAct={() => remove.mutateAsync()}
        />
      )}
    </li>
  );
}
