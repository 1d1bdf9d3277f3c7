import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { t, Words } from '@/i18n';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { instanceQuery } from './me';
import { SignUpForm } from './SignUpForm';

export function SignUpPage() {
  const instance = useQuery(instanceQuery);
  const navigate = useNavigate();
  const signInLine = (
    <p className={css.other}>
      <Words of="account.have_account" parts={{ link: text => <Link to="/sign-in">{text}</Link> }} />
    </p>
  );
  if (instance.data?.sign_up === 'invited') {
    return (
      <Entrance title={t('account.invited_only')} text={t('account.invited_only_text')}>
        {signInLine}
      </Entrance>
    );
  }
  const text = instance.data?.sign_up === 'first' ? t('account.first_text') : t('account.sign_up_text');
  return (
    <Entrance title={t('account.sign_up')} text={text}>
      <SignUpForm onDone={() => void navigate({ to: '/' })} />
      {signInLine}
    </Entrance>
  );
}
