import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { answer, api, everyItem, keys, sentence, type Invitation, type KnownPerson, type Role } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Button, Failure, Notice, say, SelectField, TextField } from '@/ui';
import { isRole } from './Members';
import css from './settings.module.css';

const invitable: Role[] = ['member', 'admin', 'guest'];

function usePeopleToClaim(workspace: string): KnownPerson[] {
  const people = useQuery({
    queryKey: keys.people(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/people', { params: { path: { workspace }, query: { limit: 500, cursor } } }),
        ),
      ),
  });
  return people.data?.filter(person => !person.has_account) ?? [];
}

export function Invitations({ workspace }: { workspace: string }) {
  const invitations = useQuery({
    queryKey: keys.invitations(workspace),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/invitations', {
            params: { path: { workspace }, query: { limit: 200, cursor } },
          }),
        ),
      ),
  });
  const claimable = usePeopleToClaim(workspace);
  return (
    <section className={css.section} aria-labelledby="invitations">
      <h2 id="invitations">{t('invite.title')}</h2>
      <p>{t('invite.text')}</p>
      <Invite workspace={workspace} claimable={claimable} />
      {invitations.isError && <Failure text={sentence(invitations.error)} again={() => void invitations.refetch()} />}
      <ul>
        {invitations.data?.map(invitation => (
          <InvitationRow key={invitation.id} workspace={workspace} invitation={invitation} claimable={claimable} />
        ))}
      </ul>
    </section>
  );
}

function Invite({ workspace, claimable }: { workspace: string; claimable: KnownPerson[] }) {
  const client = useQueryClient();
  const [role, setRole] = useState<Role>('member');
  const [person, setPerson] = useState('');
  const create = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/workspaces/{workspace}/invitations', {
          params: { path: { workspace } },
          body: { role, ...(person ? { person_id: person } : {}) },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations(workspace) }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <>
      <form className={css.line} onSubmit={submit}>
        <SelectField
          label={t('invite.role')}
          value={role}
          onChange={event => isRole(event.target.value) && setRole(event.target.value)}
        >
          {invitable.map(one => (
            <option key={one} value={one}>
              {t(`members.role.${one}`)}
            </option>
          ))}
        </SelectField>
        {claimable.length > 0 && (
          <SelectField label={t('invite.person')} value={person} onChange={event => setPerson(event.target.value)}>
            <option value="">{t('invite.somebody')}</option>
            {claimable.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('invite.create')}
        </Button>
      </form>
      {create.isError && <Failure text={sentence(create.error)} />}
      {create.data?.link && <NewLink link={create.data.link} />}
    </>
  );
}

/** The link is shown this once: only its hash is kept. */
function NewLink({ link }: { link: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    say(t('common.copied'));
  };
  return (
    <Notice look="good">
      <p>{t('invite.once')}</p>
      <div className={css.link}>
        <TextField
          label={t('invite.link')}
          isLabelHidden
          readOnly
          value={link}
          onFocus={event => event.target.select()}
        />
        <Button onClick={() => void copy()}>
          <Copy size={15} aria-hidden />
          {t('common.copy')}
        </Button>
      </div>
    </Notice>
  );
}

type RowProps = { workspace: string; invitation: Invitation; claimable: KnownPerson[] };

function InvitationRow({ workspace, invitation, claimable }: RowProps) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/workspaces/{workspace}/invitations/{invitation}', {
          params: { path: { workspace, invitation: invitation.id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations(workspace) }),
  });
  const name = claimable.find(person => person.id === invitation.person_id)?.name ?? t('invite.open');
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong dir="auto">{name}</strong>
        <span>
          {t('invite.details', { role: t(`members.role.${invitation.role}`), day: longDay(invitation.expires_at) })}
        </span>
        {revoke.isError && <Failure text={sentence(revoke.error)} />}
      </div>
      <Button size="small" look="quiet" busy={revoke.isPending} onClick={() => revoke.mutate()}>
        {t('invite.revoke')}
      </Button>
    </li>
  );
}
