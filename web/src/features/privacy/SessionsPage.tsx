import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence, type Session } from '@/api';
import { ago, longDay } from '@/base/dates';
import { useSignOut } from '@/features/accounts';
import { t } from '@/i18n';
import { Bone, Bones, Button, Failure, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { sessionsQuery } from './queries';

export function SessionsPage() {
  const sessions = useQuery(sessionsQuery);
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.sessions')}</h1>
        <p>{t('sessions.text')}</p>
      </header>
      {sessions.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {sessions.isError && <TryAgain text={sentence(sessions.error)} again={sessions.refetch} />}
      {sessions.data && (
        <ul className={css.rows}>
          {sessions.data.map(session => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </>
  );
}

function SessionRow({ session }: { session: Session }) {
  const client = useQueryClient();
  const signOut = useSignOut();
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/sessions/{session}', { params: { path: { session: session.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
  });
  const details = {
    seen: ago(session.last_seen_at),
    since: longDay(session.created_at),
    address: session.address ?? t('sessions.no_address'),
  };
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{session.client}</strong>
        <span>{t('sessions.details', details)}</span>
        {session.current && <em className={css.here}>{t('sessions.here')}</em>}
      </div>
      {end.isError && <Failure text={sentence(end.error)} />}
      {session.current ? (
        <Button onClick={() => void signOut()}>{t('frame.sign_out')}</Button>
      ) : (
        <Button busy={end.isPending} onClick={() => end.mutate()}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
