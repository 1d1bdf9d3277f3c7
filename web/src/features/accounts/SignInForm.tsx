import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, Failure, TextField } from '@/ui';
import css from './Entrance.module.css';

/** Address and password; then a code, where the account asks for one. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/sessions', { body: { email, password, ...(code ? { code } : {}) } })),
    onSuccess: ({ person }) => {
      client.clear();
      client.setQueryData(keys.me, person);
      onDone();
    },
    onError: error => {
      const kind = asProblem(error)?.kind;
      if (kind === 'code-needed' || kind === 'wrong-code') setCode('');
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const back = () => {
    setCode(null);
    signIn.reset();
  };
  const isAsked = asProblem(signIn.error)?.kind === 'code-needed';
  return (
    <form className={css.form} onSubmit={submit}>
      {code === null ? (
        <>
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
        </>
      ) : (
        <TextField
          label={t('factor.code')}
          why={t('factor.sign_in_why')}
          autoComplete="one-time-code"
          required
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the step that was asked for
          autoFocus
          value={code}
          onChange={event => setCode(event.target.value)}
        />
      )}
      {signIn.isError && !isAsked && <Failure text={sentence(signIn.error)} />}
      <Button type="submit" look="primary" size="large" wide busy={signIn.isPending}>
        {t('account.sign_in')}
      </Button>
      {code !== null && (
        <Button wide onClick={back}>
          {t('common.back')}
        </Button>
      )}
    </form>
  );
}
