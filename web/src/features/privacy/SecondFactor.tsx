import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence, type NewSecret, type SecondFactor as State } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, Failure, Notice, say, TextField, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { QrCode } from './QrCode';

/** A code besides the password: set up in three calm steps, taken away with the password. */
export function SecondFactor() {
  const state = useQuery({ queryKey: keys.secondFactor, queryFn: () => answer(api.GET('/me/second-factor')) });
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <section className={css.section} aria-labelledby="second-factor">
      <h2 id="second-factor">{t('factor.title')}</h2>
      <p>{t('factor.text')}</p>
      {state.isPending && (
        <Bones>
          <Bone width="100%" height={48} />
        </Bones>
      )}
      {state.isError && <TryAgain text={sentence(state.error)} again={state.refetch} />}
      {state.data?.required && state.data.state !== 'active' && <Notice look="warning">{t('factor.required')}</Notice>}
      {codes && <Codes codes={codes} onDone={() => setCodes(null)} />}
      {state.data && !codes && state.data.state !== 'active' && <SetUp onCodes={setCodes} />}
      {state.data && !codes && state.data.state === 'active' && <Active state={state.data} onCodes={setCodes} />}
    </section>
  );
}

function SetUp({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/me/second-factor', { body: { password } })),
    onSuccess: () => setPassword(''),
  });
  const confirm = useMutation({
    mutationFn: () => answer(api.POST('/me/second-factor/confirmation', { body: { code } })),
    onSuccess: ({ codes }) => {
      onCodes(codes);
      for (const key of [keys.secondFactor, keys.sessions, keys.myData])
        void client.invalidateQueries({ queryKey: key });
    },
  });
  const submit = (act: () => void) => (event: SubmitEvent) => {
    event.preventDefault();
    act();
  };
  if (!begin.data) {
    const wrong = asProblem(begin.error)?.field('/password');
    return (
      <form className={css.form} onSubmit={submit(begin.mutate)}>
        <PasswordField value={password} wrong={wrong} onChange={setPassword} />
        {begin.isError && !wrong && <Failure text={sentence(begin.error)} />}
        <Button type="submit" busy={begin.isPending} disabled={password === ''}>
          {t('factor.begin')}
        </Button>
      </form>
    );
  }
  const wrong = asProblem(confirm.error)?.field('/code');
  return (
    <form className={css.form} onSubmit={submit(confirm.mutate)}>
      <Secret secret={begin.data} />
      <TextField
        label={t('factor.code')}
        why={t('factor.code_why')}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        maxLength={7}
        value={code}
        wrong={wrong}
        onChange={event => setCode(event.target.value)}
      />
      {confirm.isError && !wrong && <Failure text={sentence(confirm.error)} />}
      <Button type="submit" look="primary" busy={confirm.isPending} disabled={code.replaceAll(' ', '').length < 6}>
        {t('factor.confirm')}
      </Button>
    </form>
  );
}

function Secret({ secret }: { secret: NewSecret }) {
  return (
    <div className={css.secret}>
      <p>{t('factor.scan')}</p>
      <QrCode text={secret.uri} label={t('factor.qr')} />
      <p>{t('factor.by_hand')}</p>
      <code className={css.typed}>{secret.secret.match(/.{1,4}/g)?.join(' ')}</code>
      <a href={secret.uri}>{t('factor.open_app')}</a>
    </div>
  );
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    say(t('common.copied'));
  };
  return (
    <div className={css.secret}>
      <Notice look="warning">{t('factor.codes_text')}</Notice>
      <ul className={css.codes} aria-label={t('factor.codes')}>
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={css.acts}>
        <Button onClick={() => void copy()}>{t('common.copy')}</Button>
        <Button look="primary" onClick={onDone}>
          {t('factor.codes_kept')}
        </Button>
      </div>
    </div>
  );
}

function Active({ state, onCodes }: { state: State; onCodes: (codes: string[]) => void }) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const refresh = () => {
    setPassword('');
    void client.invalidateQueries({ queryKey: keys.secondFactor });
    void client.invalidateQueries({ queryKey: keys.myData });
  };
  const renew = useMutation({
    mutationFn: () => answer(api.POST('/me/second-factor/recovery-codes', { body: { password } })),
    onSuccess: ({ codes }) => {
      refresh();
      onCodes(codes);
    },
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/me/second-factor', { body: { password } })),
    onSuccess: () => {
      refresh();
      say(t('factor.removed'));
    },
  });
  const error = renew.error ?? remove.error;
  const wrong = asProblem(error)?.field('/password');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    remove.reset();
    renew.mutate();
  };
  return (
    <>
      <Notice look="good">
        {t('factor.active', { since: longDay(state.since ?? ''), left: state.recovery_codes_left })}
      </Notice>
      <form className={css.form} onSubmit={submit}>
        <PasswordField value={password} wrong={wrong} onChange={setPassword} />
        {error !== null && !wrong && <Failure text={sentence(error)} />}
        <div className={css.acts}>
          <Button type="submit" busy={renew.isPending} disabled={password === ''}>
            {t('factor.renew')}
          </Button>
          <Button
            busy={remove.isPending}
            disabled={password === ''}
            onClick={() => {
              renew.reset();
              remove.mutate();
            }}
          >
            {t('factor.remove')}
          </Button>
        </div>
      </form>
    </>
  );
}

type PasswordFieldProps = { value: string; wrong: string | undefined; onChange: (value: string) => void };

function PasswordField({ value, wrong, onChange }: PasswordFieldProps) {
  return (
    <TextField
      label={t('account.current_password')}
      why={t('factor.password_why')}
      type="password"
      autoComplete="current-password"
      required
      value={value}
      wrong={wrong}
      onChange={event => onChange(event.target.value)}
    />
  );
}
