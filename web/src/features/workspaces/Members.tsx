import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api, everyItem, keys, sentence, type Member, type Role, type Workspace } from '@/api';
import { t } from '@/i18n';
import { Avatar, Bone, Bones, Button, Confirm, Failure, offerUndo, SelectField, TryAgain } from '@/ui';
import { isAdmin } from './queries';
import css from './settings.module.css';

export const roles: Role[] = ['owner', 'admin', 'member', 'guest'];

export function isRole(value: string): value is Role {
  return (roles as string[]).includes(value);
}

export function Members({ workspace }: { workspace: Workspace }) {
  const members = useQuery({
    queryKey: keys.members(workspace.id),
    queryFn: () =>
      everyItem(cursor =>
        answer(
          api.GET('/workspaces/{workspace}/members', {
            params: { path: { workspace: workspace.id }, query: { limit: 200, cursor } },
          }),
        ),
      ),
  });
  return (
    <section className={css.section} aria-labelledby="members">
      <h2 id="members">{t('members.title')}</h2>
      {members.isPending && (
        <Bones>
          <Bone width="100%" height={80} />
        </Bones>
      )}
      {members.isError && <TryAgain text={sentence(members.error)} again={members.refetch} />}
      <ul>
        {members.data?.map(member => (
          <MemberRow key={member.id} workspace={workspace} member={member} />
        ))}
      </ul>
    </section>
  );
}

function MemberRow({ workspace, member }: { workspace: Workspace; member: Member }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const path = { workspace: workspace.id, person: member.id };
  const refresh = () => client.invalidateQueries({ queryKey: keys.workspace(workspace.id) });
  const change = useMutation({
    mutationFn: (role: Role) =>
      answer(api.PATCH('/workspaces/{workspace}/members/{person}', { params: { path }, body: { role } })),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/workspaces/{workspace}/members/{person}', { params: { path } })),
    onSuccess: async () => {
      if (!member.is_me) return refresh();
      await client.invalidateQueries({ queryKey: keys.workspaces, refetchType: 'all' });
      return navigate({ to: '/' });
    },
  });
  const setRole = (role: Role) => {
    const before = member.role;
    change.mutate(role, {
      onSuccess: () => offerUndo(t('members.role_changed', { name: member.name }), () => change.mutate(before)),
    });
  };
  const canChange = isAdmin(workspace) && (workspace.role === 'owner' || member.role !== 'owner');
  return (
    <li className={css.row}>
      <Avatar person={member} size={28} />
      <div className={css.words}>
        <strong dir="auto">{member.is_me ? t('members.me', { name: member.name }) : member.name}</strong>
        {(member.job_title ?? member.company) && (
          <span dir="auto">{[member.job_title, member.company].filter(Boolean).join(', ')}</span>
        )}
        {member.email && <span>{member.email}</span>}
        {change.isError && <Failure text={sentence(change.error)} />}
      </div>
      {canChange ? (
        <SelectField
          label={t('members.role_of', { name: member.name })}
          isLabelHidden
          value={member.role}
          onChange={event => isRole(event.target.value) && setRole(event.target.value)}
        >
          {roles
            .filter(role => role !== 'owner' || workspace.role === 'owner')
            .map(role => (
              <option key={role} value={role}>
                {t(`members.role.${role}`)}
              </option>
            ))}
        </SelectField>
      ) : (
        <span className={css.role}>{t(`members.role.${member.role}`)}</span>
      )}
      {(canChange || member.is_me) && (
        <Button size="small" look="quiet" onClick={() => setAsking(true)}>
          {member.is_me ? t('members.leave') : t('members.remove')}
        </Button>
      )}
      {isAsking && (
        <Confirm
          title={
            member.is_me
              ? t('members.leave_title', { workspace: workspace.name })
              : t('members.remove_title', { name: member.name })
          }
          text={member.is_me ? t('members.leave_text') : t('members.remove_text')}
          act={member.is_me ? t('members.leave') : t('members.remove')}
          isDangerous
          onClose={() => setAsking(false)}
          onAct={() => remove.mutateAsync()}
        />
      )}
      {remove.isError && <Failure text={sentence(remove.error)} />}
    </li>
  );
}
