import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api, asProblem, hasStatus, keys, sentence, type ChangeObjection } from '@/api';
import { longDay } from '@/base/dates';
import { meQuery } from '@/features/accounts';
import { t } from '@/i18n';
import { Button, buttonClass, Failure, say, TextArea } from '@/ui';
import css from './DocumentPage.module.css';
import { changeObjectionsQuery } from './queries';

type Version = { document: string; version: string };

/** Under what a version changed: whoever does not agree objects, and the objection is a request. */
export function ObjectHere({ document, version }: Version) {
  const me = useQuery(meQuery);
  const mine = useQuery({ ...changeObjectionsQuery, enabled: me.data !== undefined });
  const said = mine.data?.items.find(one => one.document === document && one.version === version);
  return (
    <section className={css.objecting} aria-labelledby="objecting">
      <h2 id="objecting">{t(said ? 'objecting.again' : 'objecting.title')}</h2>
      {!said && <p>{t('objecting.about_change')}</p>}
      {hasStatus(me.error, 401) && (
        <Link to="/sign-in" search={{ then: location.pathname + location.search }} className={buttonClass('plain')}>
          {t('objecting.sign_in')}
        </Link>
      )}
      {mine.isError && <Failure text={sentence(mine.error)} again={mine.refetch} />}
      {said && <Said objection={said} />}
      {mine.data && !said && <ObjectionForm document={document} version={version} />}
    </section>
  );
}

function Said({ objection }: { objection: ChangeObjection }) {
  return (
    <>
      <p>
        {t('objecting.said', { day: longDay(objection.created_at) })}{' '}
        {objection.answered_at
          ? t('objecting.answered', { day: longDay(objection.answered_at) })
          : t('objecting.due', { day: longDay(objection.due_at) })}
        .
      </p>
      <Link to="/me/rights" hash="changes" className={buttonClass('plain')}>
        {t('objecting.see')}
      </Link>
    </>
  );
}

function ObjectionForm(version: Version) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const object = useMutation({
    mutationFn: () =>
      answer(api.POST('/me/change-objections', { body: { ...version, reason: reason.trim() || null } })),
    onSuccess: () => {
      say(t('objecting.done'));
      void client.invalidateQueries({ queryKey: keys.myData });
      return client.invalidateQueries({ queryKey: keys.changeObjections });
    },
  });
  const wrong = asProblem(object.error)?.field('/reason');
  return (
    <form
      className={css.objection}
      onSubmit={event => {
        event.preventDefault();
        object.mutate();
      }}
    >
      <TextArea
        label={t('objecting.why')}
        why={t('objecting.why_why')}
        wrong={wrong}
        rows={4}
        maxLength={4000}
        dir="auto"
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      {object.isError && !wrong && <Failure text={sentence(object.error)} />}
      <Button type="submit" busy={object.isPending}>
        {t('objecting.act')}
      </Button>
    </form>
  );
}
