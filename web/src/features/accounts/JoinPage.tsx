import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api, hasStatus, keys, sentence } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, Failure, TryAgain } from '@/ui';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { meQuery } from './me';
import { SignInForm } from './SignInForm';
import { SignUpForm } from './SignUpForm';

/** The token stands behind `#`, so that no server log and no referrer ever holds it. */
function tokenFromAddress(): string {
  return window.location.hash.slice(1);
}

export function JoinPage() {
  const [token] = useState(tokenFromAddress);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answer(api.POST('/invitations/lookup', { body: { token } })),
    retry: false,
  });
  if (invitation.isPending) {
    return (
      <Entrance title={t('join.title')}>
        <Bones>
          <Bone width="100%" height={64} />
        </Bones>
      </Entrance>
    );
  }
  if (invitation.isError) {
    if (!hasStatus(invitation.error, 404, 422))
      return <TryAgain text={sentence(invitation.error)} again={invitation.refetch} />;
    return (
      <Entrance title={t('join.gone')} text={t('join.gone_text')}>
        <span />
      </Entrance>
    );
  }
  const { workspace_name, role, person_name, expires_at } = invitation.data;
  return (
    <Entrance
      title={t('join.to', { workspace: workspace_name })}
      text={t('join.role', { role: t(`role.${role}`), day: longDay(expires_at) })}
    >
      {person_name && <p className={css.invited}>{t('join.claims', { name: person_name })}</p>}
      <Accept token={token} />
    </Entrance>
  );
}

function Accept({ token }: { token: string }) {
  const me = useQuery({ ...meQuery, retry: false });
  const [way, setWay] = useState<'sign-up' | 'sign-in'>('sign-up');
  const client = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: () => answer(api.POST('/invitations/accept', { body: { token } })),
    onSuccess: async workspace => {
      await client.invalidateQueries({ queryKey: keys.workspaces });
      await navigate({ to: '/w/$workspace', params: { workspace: workspace.id } });
    },
  });
  if (me.isPending) return null;
  if (me.data) {
    return (
      <div className={css.form}>
        {accept.isError && <Failure text={sentence(accept.error)} />}
        <Button look="primary" size="large" wide busy={accept.isPending} onClick={() => accept.mutate()}>
          {t('join.accept_as', { name: me.data.name })}
        </Button>
      </div>
    );
  }
  if (way === 'sign-in') {
    return (
      <>
        {accept.isError && <Failure text={sentence(accept.error)} />}
        <SignInForm onDone={() => accept.mutate()} />
        <Button look="quiet" onClick={() => setWay('sign-up')}>
          {t('join.new_here')}
        </Button>
      </>
    );
  }
  return (
    <>
      <SignUpForm invitation={token} onDone={() => void navigate({ to: '/' })} />
      <Button look="quiet" onClick={() => setWay('sign-in')}>
        {t('join.have_account')}
      </Button>
    </>
  );
}
