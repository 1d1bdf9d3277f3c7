import { useQuery } from '@tanstack/react-query';
import { sentence } from '@/api';
import { policyQuery } from '@/features/accounts';
import { t } from '@/i18n';
import { Failure } from '@/ui';
import css from './DocumentPage.module.css';

/** Beside the policy's text, which is the program's: whom the operator of this instance registered. */
export function Recipients() {
  const policy = useQuery(policyQuery);
  if (policy.isError) return <Failure text={sentence(policy.error)} />;
  if (!policy.data) return null; // a line below the text, for which nobody waits
  const names = policy.data.recipients.map(recipient => recipient.name);
  return (
    <p className={css.recipients}>
      {names.length === 0 ? t('policy.no_recipients') : t('policy.recipients', { names: names.join(', ') })}{' '}
      <a href="/subprocessors">{t('policy.register')}</a>
    </p>
  );
}
