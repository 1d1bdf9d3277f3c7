import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api, hasStatus, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, Failure, say } from '@/ui';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { useMe } from './me';
import { SignInForm } from './SignInForm';

export function ConfirmEmailPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const confirm = useMutation({
    mutationFn: () => answer(api.POST('/me/email-confirmations', { body: { token } })),
    onSuccess: async person => {
      client.setQueryData(keys.me, person);
      say(t('account.email_confirmed', { email: person.email }));
      await navigate({ to: '/' });
    },
  });
  const isSignedOut = hasStatus(confirm.error, 401);
  return (
    <Entrance title={t('account.confirm_email')} text={t('account.confirm_email_text')}>
      {!me && isSignedOut ? (
        <SignInForm onDone={() => confirm.mutate()} />
      ) : (
        <div className={css.form}>
          {confirm.isError && <Failure text={sentence(confirm.error)} />}
          <Button look="primary" size="large" wide busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {t('account.confirm_email')}
          </Button>
        </div>
      )}
    </Entrance>
  );
}
