import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api, asProblem, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, ColorPicker, Dialog, DialogFoot, Failure, SelectField, TextField, type ColorName } from '@/ui';
import css from './projects.module.css';
import { suggestedKey } from './projectKey';
import { useTeams } from './queries';

export function NewProjectDialog({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [key, setKey] = useState<string | null>(null);
  const [color, setColor] = useState<ColorName>('teal');
  const [team, setTeam] = useState('');
  const teams = useTeams(workspace);
  const client = useQueryClient();
  const navigate = useNavigate();
  const wantedKey = key ?? suggestedKey(name);
  const create = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/workspaces/{workspace}/projects', {
          params: { path: { workspace } },
          body: { name, color, ...(wantedKey ? { key: wantedKey } : {}), ...(team ? { team_id: team } : {}) },
        }),
      ),
    onSuccess: async project => {
      await client.invalidateQueries({ queryKey: keys.projects(workspace) });
      onClose();
      await navigate({ to: '/w/$workspace/p/$project', params: { workspace, project: project.id } });
    },
  });
  const problem = asProblem(create.error);
  const isAtField = problem?.field('/name') ?? problem?.field('/key');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog title={t('project.new')} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('project.name')}
          required
          data-autofocus
          value={name}
          wrong={problem?.field('/name')}
          onChange={event => setName(event.target.value)}
        />
        <TextField
          label={t('project.key')}
          why={t('project.key_why', { key: wantedKey || 'WEB' })}
          maxLength={10}
          value={wantedKey}
          wrong={problem?.field('/key')}
          onChange={event => setKey(event.target.value.toUpperCase().replace(/[^A-Z0-9]/g, ''))}
        />
        <ColorPicker label={t('project.color')} value={color} onChange={setColor} />
        {teams.data && teams.data.length > 0 && (
          <SelectField label={t('project.team')} value={team} onChange={event => setTeam(event.target.value)}>
            <option value="">{t('project.no_team')}</option>
            {teams.data.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        {create.isError && !isAtField && <Failure text={sentence(create.error)} />}
        <DialogFoot>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('project.create')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
