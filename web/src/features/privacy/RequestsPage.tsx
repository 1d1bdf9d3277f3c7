import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence, type ChangeRequest } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, Empty, Failure, say, TextArea, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { changeRequestsQuery } from './queries';

/** For the operator: objections to changes of documents, until each is answered. */
export function RequestsPage() {
  const requests = useQuery(changeRequestsQuery);
  const waiting = requests.data?.filter(one => one.state === 'open');
  const answered = requests.data?.filter(one => one.state === 'answered');
  return (
    <>
      <header className={css.head}>
        <h1>{t('requests.title')}</h1>
        <p>{t('requests.text')}</p>
      </header>
      {requests.isPending && (
        <Bones>
          <Bone width="100%" height={96} />
        </Bones>
      )}
      {requests.isError && <TryAgain text={sentence(requests.error)} again={requests.refetch} />}
      {waiting?.length === 0 && <Empty title={t('requests.none')} text={t('requests.none_text')} />}
      {waiting && waiting.length > 0 && (
        <ul className={css.rows}>
          {waiting.map(request => (
            <li key={request.id} className={css.request}>
              <Head request={request} />
              <AnswerForm request={request} />
            </li>
          ))}
        </ul>
      )}
      {answered && answered.length > 0 && (
        <section className={css.section} aria-labelledby="answered">
          <h2 id="answered">{t('requests.answered')}</h2>
          <ul className={css.rows}>
            {answered.map(request => (
              <li key={request.id} className={css.request}>
                <Head request={request} />
                <blockquote className={css.quote} dir="auto" data-answer>
                  {request.answer}
                </blockquote>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Head({ request }: { request: ChangeRequest }) {
  const { title, version, reason, answered_at, due_at } = request;
  const isLate = !answered_at && new Date(due_at) < new Date();
  return (
    <>
      <div className={css.requestHead}>
        <div className={css.words}>
          <strong>
            {title} {version}
          </strong>
          <span dir="auto">{t('requests.of', { name: request.person_name, day: longDay(request.created_at) })}</span>
        </div>
        <em className={isLate ? css.late : css.here}>
          {answered_at
            ? t('objecting.answered', { day: longDay(answered_at) })
            : t(isLate ? 'requests.late' : 'requests.due', { day: longDay(due_at) })}
        </em>
      </div>
      {reason ? (
        <blockquote className={css.quote} dir="auto">
          {reason}
        </blockquote>
      ) : (
        <p className={css.statement}>{t('requests.no_words')}</p>
      )}
    </>
  );
}

function AnswerForm({ request }: { request: ChangeRequest }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/operator/change-objections/{objection}/answer', {
          params: { path: { objection: request.id } },
          body: { answer: text },
        }),
      ),
    onSuccess: () => {
      say(t('requests.sent', { name: request.person_name }));
      void client.invalidateQueries({ queryKey: keys.outbox });
      return client.invalidateQueries({ queryKey: keys.changeRequests });
    },
  });
  const wrong = asProblem(send.error)?.field('/answer');
  return (
    <form
      className={css.reply}
      onSubmit={event => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <TextArea
        label={t('requests.answer')}
        why={t('requests.answer_why')}
        wrong={wrong}
        rows={3}
        maxLength={4000}
        required
        dir="auto"
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {send.isError && !wrong && <Failure text={sentence(send.error)} />}
      <Button type="submit" look="primary" busy={send.isPending}>
        {t('requests.send')}
      </Button>
    </form>
  );
}
