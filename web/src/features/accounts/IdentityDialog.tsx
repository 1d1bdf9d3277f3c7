import { useState, type SubmitEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asProblem, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, Dialog, DialogFoot, Failure, TextField } from '@/ui';
import css from './Entrance.module.css';
import { useMe } from './me';

/** The one dialog that asks for the password before what needs it. */
export function IdentityDialog({ settle }: { settle: (isConfirmed: boolean) => void }) {
  const me = useMe();
  const [password, setPassword] = useState('');
  const confirm = useMutation({
    mutationFn: () => answer(api.POST('/me/confirmations', { body: { password } })),
    onSuccess: () => settle(true),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  const atField = asProblem(confirm.error)?.field('/password');
  return (
    <Dialog title={t('identity.title')} width={420} onClose={() => settle(false)}>
      <form className={css.form} onSubmit={submit}>
        <input type="hidden" autoComplete="username" value={me?.email ?? ''} readOnly />
        <TextField
          label={t('account.password')}
          type="password"
          autoComplete="current-password"
          required
          data-autofocus
          why={t('identity.why')}
          value={password}
          wrong={atField}
          onChange={event => setPassword(event.target.value)}
        />
        {confirm.isError && !atField && <Failure text={sentence(confirm.error)} />}
        <DialogFoot>
          <Button onClick={() => settle(false)}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={confirm.isPending} disabled={password === ''}>
            {t('identity.act')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
