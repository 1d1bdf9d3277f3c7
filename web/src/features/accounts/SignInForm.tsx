import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, Failure, TextField } from '@/ui';
import css from './Entrance.module.css';

export function SignInForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/sessions', { body: { email, password } })),
    onSuccess: ({ person }) => {
      client.clear();
      client.setQueryData(keys.me, person);
      onDone();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField
        label={t('account.email')}
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={event => setEmail(event.target.value)}
      />
      <TextField
        label={t('account.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      {signIn.isError && <Failure text={sentence(signIn.error)} />}
      <Button type="submit" look="primary" size="large" wide busy={signIn.isPending}>
        {t('account.sign_in')}
      </Button>
    </form>
  );
}
