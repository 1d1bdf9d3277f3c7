import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { t, Words } from '@/i18n';
import { Entrance } from './Entrance';
import css from './Entrance.module.css';
import { instanceQuery } from './me';
import { SignInForm } from './SignInForm';

export function SignInPage() {
  const { then } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const isFirst = useQuery(instanceQuery).data?.sign_up === 'first';
  return (
    <Entrance title={t('account.sign_in')} text={isFirst && t('account.first_text')}>
      <SignInForm onDone={() => void navigate({ href: then ?? '/' })} />
      <p className={css.other}>
        <Words of="account.no_account" parts={{ link: text => <Link to="/sign-up">{text}</Link> }} />
      </p>
    </Entrance>
  );
}
