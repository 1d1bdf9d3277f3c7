import { useState, type SubmitEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence, type Me } from '@/api';
import { useMe } from '@/features/accounts';
import { t } from '@/i18n';
import { Button, Failure, Notice, offerUndo, say, TextField } from '@/ui';
import { PlaceForm } from './PlaceForm';
import css from './privacy.module.css';
import { ProfileForm } from './ProfileForm';
import { SecondFactor } from './SecondFactor';

type MeChange = { name?: string; email?: string; password?: string; current_password?: string };

function useChangeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MeChange) => answer(api.PATCH('/me', { body })),
    onSuccess: me => {
      client.setQueryData(keys.me, me);
      void client.invalidateQueries({ queryKey: keys.myData });
      // A name stands on boards, comments and lists of every workspace.
      void client.invalidateQueries({ predicate: query => ['board', 'workspace'].includes(String(query.queryKey[0])) });
    },
  });
}

export function AccountPage() {
  const me = useMe();
  if (!me) return null;
  return (
    <>
      <header className={css.head}>
        <h1>{t('frame.account')}</h1>
        <p>{t('account.text')}</p>
      </header>
      <NameForm me={me} />
      <EmailForm me={me} />
      <PasswordForm />
      <SecondFactor />
      <PlaceForm />
      <ProfileForm />
    </>
  );
}

function NameForm({ me }: { me: Me }) {
  const change = useChangeMe();
  const [name, setName] = useState(me.name);
  const atField = asProblem(change.error)?.field('/name');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const before = me.name;
    change.mutate({ name }, { onSuccess: () => offerUndo(t('account.name_changed'), () => undo(before)) });
  };
  const undo = (before: string) => {
    setName(before);
    change.mutate({ name: before });
  };
  return (
    <section className={css.section} aria-labelledby="name">
      <h2 id="name">{t('account.name')}</h2>
      <p>{t('account.name_why')}</p>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('account.name')}
          autoComplete="name"
          required
          dir="auto"
          value={name}
          wrong={atField}
          onChange={event => setName(event.target.value)}
        />
        {change.isError && !atField && <Failure text={sentence(change.error)} />}
        <Button type="submit" busy={change.isPending} disabled={name.trim() === '' || name === me.name}>
          {t('account.change_name')}
        </Button>
      </form>
    </section>
  );
}

function EmailForm({ me }: { me: Me }) {
  const change = useChangeMe();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const problem = asProblem(change.error);
  const isAtField = problem?.field('/email') ?? problem?.field('/current_password');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate(
      { email, current_password: password },
      {
        onSuccess: () => {
          setEmail('');
          setPassword('');
        },
      },
    );
  };
  return (
    <section className={css.section} aria-labelledby="email">
      <h2 id="email">{t('account.email')}</h2>
      <p>{t('account.email_why', { email: me.email })}</p>
      {me.pending_email && <Notice>{t('account.email_pending', { email: me.pending_email })}</Notice>}
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('account.new_email')}
          type="email"
          autoComplete="email"
          required
          value={email}
          wrong={problem?.field('/email')}
          onChange={event => setEmail(event.target.value)}
        />
        <TextField
          label={t('account.current_password')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          wrong={problem?.field('/current_password')}
          onChange={event => setPassword(event.target.value)}
        />
        {change.isError && !isAtField && <Failure text={sentence(change.error)} />}
        <Button type="submit" busy={change.isPending} disabled={email === '' || password === ''}>
          {t('account.change_email')}
        </Button>
      </form>
    </section>
  );
}

function PasswordForm() {
  const change = useChangeMe();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const problem = asProblem(change.error);
  const isAtField = problem?.field('/password') ?? problem?.field('/current_password');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate(
      { password, current_password: current },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
          say(t('account.password_changed'));
        },
      },
    );
  };
  return (
    <section className={css.section} aria-labelledby="password">
      <h2 id="password">{t('account.password')}</h2>
      <form className={css.form} onSubmit={submit}>
        <TextField
          label={t('account.current_password')}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          wrong={problem?.field('/current_password')}
          onChange={event => setCurrent(event.target.value)}
        />
        <TextField
          label={t('account.new_password')}
          type="password"
          autoComplete="new-password"
          required
          why={t('account.password_why')}
          value={password}
          wrong={problem?.field('/password')}
          onChange={event => setPassword(event.target.value)}
        />
        {change.isError && !isAtField && <Failure text={sentence(change.error)} />}
        <Button type="submit" busy={change.isPending} disabled={current === '' || password === ''}>
          {t('account.change_password')}
        </Button>
      </form>
    </section>
  );
}
