import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { answer, api, asProblem, keys, sentence } from '@/api';
import { Entrance } from '@/features/accounts';
import { t } from '@/i18n';
import { Button, buttonClass, Failure, TextField } from '@/ui';
import css from './workspaces.module.css';

export function NewWorkspacePage() {
  const [name, setName] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => answer(api.POST('/workspaces', { body: { name } })),
    onSuccess: async workspace => {
      await client.invalidateQueries({ queryKey: keys.workspaces });
      await navigate({ to: '/w/$workspace', params: { workspace: workspace.id } });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const atField = asProblem(create.error)?.field('/name');
  return (
    <Entrance title={t('workspace.new')} text={t('workspace.new_text')}>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('workspace.name')}
          required
          placeholder={t('workspace.name_example')}
          value={name}
          wrong={atField}
          onChange={event => setName(event.target.value)}
        />
        {create.isError && !atField && <Failure text={sentence(create.error)} />}
        <Button type="submit" look="primary" size="large" wide busy={create.isPending} disabled={name.trim() === ''}>
          {t('workspace.create')}
        </Button>
        <Link to="/import-workspace" className={buttonClass('quiet')}>
          {t('move.import')}
        </Link>
      </form>
    </Entrance>
  );
}
