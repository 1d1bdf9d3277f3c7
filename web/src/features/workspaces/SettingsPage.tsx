import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { answer, api, asProblem, keys, sentence, type Workspace } from '@/api';
import { Page, TopLine } from '@/features/frame';
import { Offer } from '@/features/offers';
import { ExportWorkspace } from '@/features/moving';
import { SubjectLink } from '@/features/subjects';
import { t } from '@/i18n';
import { Button, Failure, offerUndo, TextField } from '@/ui';
import { Invitations } from './Invitations';
import { Members } from './Members';
import { isAdmin, useWorkspace } from './queries';
import { SensitiveData } from './SensitiveData';
import css from './settings.module.css';
import { Teams } from './Teams';

export function SettingsPage() {
  const { workspace: id } = useParams({ from: '/inside/w/$workspace' });
  const workspace = useWorkspace(id);
  return (
    <>
      <TopLine title={t('frame.settings')} />
      <Page>
        {workspace && isAdmin(workspace) && <Name key={workspace.id} workspace={workspace} />}
        {workspace && <Members workspace={workspace} />}
        {workspace && isAdmin(workspace) && <Invitations workspace={workspace.id} />}
        {workspace && isAdmin(workspace) && <Teams workspace={workspace.id} />}
        {workspace && isAdmin(workspace) && <SensitiveData workspace={workspace.id} />}
        {workspace && isAdmin(workspace) && <SubjectLink workspace={workspace.id} />}
        {workspace && isAdmin(workspace) && <ExportWorkspace workspace={workspace.id} />}
        {workspace?.role === 'owner' && <Close workspace={workspace} />}
        <Offer page="settings" />
      </Page>
    </>
  );
}

function Name({ workspace }: { workspace: Workspace }) {
  const client = useQueryClient();
  const [name, setName] = useState(workspace.name);
  const change = useMutation({
    mutationFn: (wanted: string) =>
      answer(
        api.PATCH('/workspaces/{workspace}', { params: { path: { workspace: workspace.id } }, body: { name: wanted } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.workspaces }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const before = workspace.name;
    const undo = () => {
      setName(before);
      change.mutate(before);
    };
    change.mutate(name, { onSuccess: () => offerUndo(t('workspace.renamed'), undo) });
  };
  const atField = asProblem(change.error)?.field('/name');
  return (
    <section className={css.section} aria-label={t('workspace.name')}>
      <form className={css.line} onSubmit={submit}>
        <TextField
          label={t('workspace.name')}
          required
          dir="auto"
          value={name}
          wrong={atField}
          onChange={event => setName(event.target.value)}
        />
        <Button type="submit" busy={change.isPending} disabled={name.trim() === '' || name === workspace.name}>
          {t('workspace.rename')}
        </Button>
      </form>
      {change.isError && !atField && <Failure text={sentence(change.error)} />}
    </section>
  );
}

/** Closing takes everything with it, so the name is typed first. */
function Close({ workspace }: { workspace: Workspace }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const [name, setName] = useState('');
  const close = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/workspaces/{workspace}', { params: { path: { workspace: workspace.id } }, body: { name } })),
    onSuccess: async () => {
      client.removeQueries({ queryKey: keys.workspace(workspace.id) });
      await client.invalidateQueries({ queryKey: keys.workspaces, refetchType: 'all' });
      await navigate({ to: '/' });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    close.mutate();
  };
  return (
    <section className={css.section} aria-labelledby="close">
      <h2 id="close">{t('workspace.close')}</h2>
      <p>{t('workspace.close_text')}</p>
      {isAsking ? (
        <form className={css.line} onSubmit={submit}>
          <TextField
            label={t('workspace.close_name', { name: workspace.name })}
            autoComplete="off"
            value={name}
            onChange={event => setName(event.target.value)}
          />
          <Button type="submit" look="danger" busy={close.isPending} disabled={name !== workspace.name}>
            {t('workspace.close_act')}
          </Button>
          <Button look="quiet" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </form>
      ) : (
        <div>
          <Button look="dangerQuiet" onClick={() => setAsking(true)}>
            {t('workspace.close_act')}
          </Button>
        </div>
      )}
      {close.isError && <Failure text={sentence(close.error)} />}
    </section>
  );
}
