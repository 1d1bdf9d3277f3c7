import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answer, api, keys, sentence, type SubjectHit, type SubjectHits } from '@/api';
import { longDay } from '@/base/dates';
import { confirmed, needsPassword } from '@/features/accounts';
import { NotFound, Page, TopLine } from '@/features/frame';
import { pieces } from '@/features/search';
import { isAdmin, useWorkspace } from '@/features/workspaces';
import { t, type WordKey } from '@/i18n';
import {
  Bone,
  Bones,
  Button,
  buttonClass,
  CheckField,
  Confirm,
  Failure,
  Notice,
  TextArea,
  TextField,
  TryAgain,
} from '@/ui';
import { requestsQuery, strikesQuery } from './queries';
import css from './subjects.module.css';
import { askedFor, type Asked } from './words';

/** What others wrote about a person: found, read in context, and struck out where an admin says so. */
export function SubjectSearchPage() {
  const { workspace } = useParams({ from: '/inside/w/$workspace' });
  const [found, setFound] = useState<{ asked: Asked; hits: SubjectHits } | null>(null);
  const search = useMutation({
    mutationFn: (asked: Asked) =>
      confirmed(() =>
        answer(api.POST('/workspaces/{workspace}/subject-searches', { params: { path: { workspace } }, body: asked })),
      ),
    onSuccess: (hits, asked) => setFound({ asked, hits }),
  });
  const here = useWorkspace(workspace);
  if (here && !isAdmin(here)) return <NotFound />;
  return (
    <>
      <TopLine title={t('subject.title')} />
      <Page>
        <header className={css.head}>
          <h2>{t('subject.title')}</h2>
          <p>{t('subject.text')}</p>
        </header>
        <Waiting
          workspace={workspace}
          isBusy={search.isPending}
          onLook={person => search.mutate({ person_id: person })}
        />
        <Form isBusy={search.isPending} onSearch={asked => search.mutate(asked)} />
        {search.isError && !needsPassword(search.error) && <Failure text={sentence(search.error)} />}
        {search.isPending && (
          <Bones>
            <Bone width="100%" height={64} />
          </Bones>
        )}
        {found && !search.isPending && (
          <Hits
            key={found.hits.items.map(hit => hit.id).join()}
            workspace={workspace}
            asked={found.asked}
            hits={found.hits}
            again={() => search.mutate(found.asked)}
          />
        )}
        <Struck workspace={workspace} />
      </Page>
    </>
  );
}

function Waiting({ workspace, isBusy, onLook }: { workspace: string; isBusy: boolean; onLook: (id: string) => void }) {
  const client = useQueryClient();
  const requests = useQuery(requestsQuery(workspace));
  const close = useMutation({
    mutationFn: (person: string) =>
      answer(
        api.DELETE('/workspaces/{workspace}/subject-requests/{person}', { params: { path: { workspace, person } } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.subjectRequests(workspace) }),
  });
  if (requests.isError) return <TryAgain text={sentence(requests.error)} again={requests.refetch} />;
  if (!requests.data?.length) return null;
  return (
    <section className={css.section} aria-labelledby="waiting">
      <h3 id="waiting">{t('subject.asked')}</h3>
      <ul className={css.rows}>
        {requests.data.map(request => (
          <li key={request.id} className={css.row}>
            <span className={css.words}>
              <strong dir="auto">{request.name}</strong>
              <span>{t('subject.asked_on', { day: longDay(request.created_at) })}</span>
            </span>
            <Button disabled={isBusy} onClick={() => onLook(request.id)}>
              {t('subject.look')}
            </Button>
            <Button look="quiet" busy={close.isPending} onClick={() => close.mutate(request.id)}>
              {t('subject.close')}
            </Button>
          </li>
        ))}
      </ul>
      {close.isError && <Failure text={sentence(close.error)} />}
    </section>
  );
}

function Form({ isBusy, onSearch }: { isBusy: boolean; onSearch: (asked: Asked) => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [words, setWords] = useState('');
  const asked = askedFor({ person: '', name, email, words });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (asked) onSearch(asked);
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField
        label={t('subject.name')}
        why={t('subject.name_why')}
        dir="auto"
        autoComplete="off"
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <TextField
        label={t('subject.email')}
        type="email"
        autoComplete="off"
        value={email}
        onChange={event => setEmail(event.target.value)}
      />
      <TextArea
        label={t('subject.words')}
        why={t('subject.words_why')}
        rows={2}
        dir="auto"
        value={words}
        onChange={event => setWords(event.target.value)}
      />
      <Button type="submit" look="primary" busy={isBusy} disabled={!asked}>
        {t('subject.search')}
      </Button>
    </form>
  );
}

const places: Record<string, WordKey> = {
  'tasks.title': 'subject.place.title',
  'tasks.description': 'subject.place.description',
  'comments.body': 'subject.place.comment',
  'checklist_items.text': 'subject.place.checklist',
};

function Hits({
  workspace,
  asked,
  hits,
  again,
}: {
  workspace: string;
  asked: Asked;
  hits: SubjectHits;
  again: () => void;
}) {
  const client = useQueryClient();
  const [approved, setApproved] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const [isHandedOn, setHandedOn] = useState(false);
  const toggle = (id: string) => {
    const next = new Set(approved);
    if (!next.delete(id)) next.add(id);
    setApproved(next);
  };
  const strike = async () => {
    await confirmed(() =>
      answer(
        api.POST('/workspaces/{workspace}/strikes', {
          params: { path: { workspace } },
          body: { ...asked, hits: [...approved] },
        }),
      ),
    );
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    again();
  };
  if (hits.items.length === 0) return <Notice look="good">{t('subject.nothing')}</Notice>;
  const isAll = approved.size === hits.items.length;
  return (
    <section className={css.section} aria-labelledby="hits">
      <h3 id="hits">{t('subject.found', { count: hits.texts })}</h3>
      <CheckField
        label={t('subject.hand_on')}
        checked={isHandedOn}
        onChange={event => setHandedOn(event.target.checked)}
      />
      <ul className={css.rows}>
        {hits.items.map(hit => (
          <Hit
            key={hit.id}
            workspace={workspace}
            hit={hit}
            isHandedOn={isHandedOn}
            isApproved={approved.has(hit.id)}
            toggle={() => toggle(hit.id)}
          />
        ))}
      </ul>
      <div className={css.acts}>
        <Button look="quiet" onClick={() => setApproved(isAll ? new Set() : new Set(hits.items.map(hit => hit.id)))}>
          {isAll ? t('subject.choose_none') : t('subject.choose_all')}
        </Button>
        <Button look="danger" disabled={approved.size === 0} onClick={() => setAsking(true)}>
          {t('subject.strike', { count: approved.size })}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t('subject.strike_title', { count: approved.size })}
          text={t('subject.strike_text')}
          act={t('subject.strike', { count: approved.size })}
          isDangerous
          onClose={() => setAsking(false)}
          onAct={strike}
        />
      )}
    </section>
  );
}

function Hit({
  workspace,
  hit,
  isHandedOn,
  isApproved,
  toggle,
}: {
  workspace: string;
  hit: SubjectHit;
  isHandedOn: boolean;
  isApproved: boolean;
  toggle: () => void;
}) {
  const place = places[hit.place];
  const project = hit.project_id;
  return (
    <li className={css.hit}>
      <CheckField
        label={
          <span className={css.where}>
            {place ? t(place) : hit.place.split('.')[0]?.replaceAll('_', ' ')}
            {hit.task_key && ` · ${hit.task_key}`}
          </span>
        }
        checked={isApproved}
        onChange={toggle}
      />
      <p dir="auto">
        {isHandedOn
          ? hit.redacted
          : pieces(hit.snippet).map((piece, index) =>
              piece.isHit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
            )}
      </p>
      {hit.task_key && project && (
        <Link
          to="/w/$workspace/p/$project/t/$key"
          params={{ workspace, project, key: hit.task_key }}
          className={buttonClass('quiet', 'small')}
        >
          {t('subject.open_task')}
        </Link>
      )}
    </li>
  );
}

/** That it happened, and nothing of what was struck out. */
function Struck({ workspace }: { workspace: string }) {
  const strikes = useQuery(strikesQuery(workspace)).data?.items ?? [];
  if (strikes.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="struck">
      <h3 id="struck">{t('subject.history')}</h3>
      <ul className={css.rows}>
        {strikes.map(strike => (
          <li key={strike.id} className={css.row}>
            <span className={css.words}>{t('subject.struck', { count: strike.texts })}</span>
            <time dateTime={strike.created_at}>{longDay(strike.created_at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
