import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence } from '@/api';
import { t, Words } from '@/i18n';
import { Button, CheckField, Failure, TextField } from '@/ui';
import css from './Entrance.module.css';
import { instanceQuery } from './me';

type Form = { name: string; email: string; password: string; birthYear: string; agrees: boolean };

const fields = ['/name', '/email', '/password', '/birth_year', '/consent'];

export function SignUpForm({ invitation, onDone }: { invitation?: string; onDone: () => void }) {
  const client = useQueryClient();
  const instance = useQuery(instanceQuery);
  const [form, setForm] = useState<Form>({ name: '', email: '', password: '', birthYear: '', agrees: false });
  const change = (part: Partial<Form>) => setForm(current => ({ ...current, ...part }));
  const version = instance.data?.policy_version ?? '';

  const signUp = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/accounts', {
          body: {
            name: form.name,
            email: form.email,
            password: form.password,
            birth_year: Number(form.birthYear),
            // The server refuses an empty version as a missing consent and says so at the box.
            consent: { policy_version: form.agrees ? version : '' },
            ...(invitation ? { invitation } : {}),
          },
        }),
      ),
    onSuccess: ({ person }) => {
      client.clear();
      client.setQueryData(keys.me, person);
      onDone();
    },
  });
  const problem = asProblem(signUp.error);
  const isAtField = fields.some(pointer => problem?.field(pointer));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signUp.mutate();
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <TextField
        label={t('account.name')}
        autoComplete="name"
        required
        value={form.name}
        wrong={problem?.field('/name')}
        onChange={event => change({ name: event.target.value })}
      />
      <TextField
        label={t('account.email')}
        type="email"
        autoComplete="email"
        required
        value={form.email}
        wrong={problem?.field('/email')}
        onChange={event => change({ email: event.target.value })}
      />
      <TextField
        label={t('account.password')}
        type="password"
        autoComplete="new-password"
        required
        value={form.password}
        why={t('account.password_why')}
        wrong={problem?.field('/password')}
        onChange={event => change({ password: event.target.value })}
      />
      <TextField
        label={t('account.birth_year')}
        inputMode="numeric"
        pattern="[0-9]{4}"
        maxLength={4}
        autoComplete="off"
        required
        value={form.birthYear}
        why={t('account.birth_year_why')}
        wrong={problem?.field('/birth_year')}
        onChange={event => change({ birthYear: event.target.value.replace(/\D/g, '') })}
      />
      <CheckField
        label={
          <Words
            of="account.consent"
            values={{ version: version || '…' }}
            parts={{
              link: text => (
                <a href="/policy" target="_blank" rel="noreferrer">
                  {text}
                </a>
              ),
            }}
          />
        }
        checked={form.agrees}
        wrong={problem?.field('/consent')}
        onChange={event => change({ agrees: event.target.checked })}
      />
      {signUp.isError && !isAtField && <Failure text={sentence(signUp.error)} />}
      <Button type="submit" look="primary" size="large" wide busy={signUp.isPending}>
        {t('account.sign_up')}
      </Button>
    </form>
  );
}
