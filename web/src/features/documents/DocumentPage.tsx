import { Suspense, useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { sentence, type DocumentSummary, type VersionSummary } from '@/api';
import { longDay } from '@/base/dates';
import { Entrance } from '@/features/accounts';
import { Markdown, type Inset } from '@/features/markdown';
import { t } from '@/i18n';
import { Bone, Bones, buttonClass, Notice, TryAgain } from '@/ui';
import { anchorPattern, annotated } from './annotated';
import { Differences } from './Differences';
import css from './DocumentPage.module.css';
import { ObjectHere } from './ObjectHere';
import { differencesQuery, documentsQuery, versionQuery } from './queries';
import { Recipients } from './Recipients';

/** The privacy policy has an address of its own. */
export function PolicyPage() {
  const { version, from } = useSearch({ from: '/policy' });
  return <DocumentOf name="privacy" version={version} from={from} />;
}

export function DocumentPage() {
  const { document } = useParams({ from: '/documents/$document' });
  const { version, from } = useSearch({ from: '/documents/$document' });
  return <DocumentOf name={document} version={version} from={from} />;
}

const skeleton = (
  <Bones>
    <Bone width="100%" height={320} />
  </Bones>
);

function DocumentOf({ name, version, from }: { name: string; version?: string; from?: string }) {
  const documents = useQuery(documentsQuery);
  const found = documents.data?.items.find(one => one.document === name);
  const title = found?.title ?? t('policy.title');
  useEffect(() => {
    document.title = t('frame.title', { name: title });
  }, [title]);
  if (documents.isPending) {
    return (
      <Entrance title={title} isWide>
        {skeleton}
      </Entrance>
    );
  }
  if (documents.isError) {
    return (
      <Entrance title={title} isWide>
        <TryAgain text={sentence(documents.error)} again={documents.refetch} />
      </Entrance>
    );
  }
  const shown = found?.versions.find(one => one.version === (version ?? found.version));
  if (!found || !shown) {
    return (
      <Entrance title={t('not_found.title')} text={t('not_found.text')} isWide>
        <a href="/policy">{t('policy.title')}</a>
      </Entrance>
    );
  }
  return (
    <Entrance title={found.title} text={stateOf(shown)} isWide>
      <Waiting summary={found} shown={shown} />
      {from ? (
        <>
          <Differences document={name} from={from} to={shown.version} />
          {shown !== found.versions.at(-1) && <ObjectHere document={name} version={shown.version} />}
        </>
      ) : (
        <DocumentText name={name} version={shown} />
      )}
      {name === 'privacy' && <Recipients />}
      <Versions summary={found} shown={shown} isComparing={from !== undefined} />
    </Entrance>
  );
}

function stateOf({ version, state, published_on }: VersionSummary): string {
  if (state === 'in_force') return t('policy.version', { version, day: longDay(published_on) });
  return t(state === 'waiting' ? 'document.is_waiting' : 'document.is_past', { version });
}

/** A version that changes something that matters does not count before everybody was told. */
function Waiting({ summary, shown }: { summary: DocumentSummary; shown: VersionSummary }) {
  const waiting = summary.versions.find(one => one.state === 'waiting');
  const changes = useQuery({
    ...differencesQuery(summary.document, summary.version, waiting?.version ?? ''),
    enabled: waiting !== undefined,
  });
  if (!waiting) return null;
  return (
    <Notice>
      <div className={css.waiting}>
        <span>{t('document.waiting', { version: waiting.version })}</span>
        {changes.data && changes.data.reasons.length > 0 && (
          <ul>
            {changes.data.reasons.map(reason => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {shown !== waiting && (
          <DocumentLink name={summary.document} version={waiting.version} from={summary.version}>
            {t('document.see_changes')}
          </DocumentLink>
        )}
      </div>
    </Notice>
  );
}

/** Each promise is a mark behind its sentence, and leads to what proves it. */
const marks: Inset = {
  pattern: anchorPattern,
  draw: ([, promise = '']) => (
    <a href={`/proof#${promise}`} id={promise} className={css.promise} title={t('document.proof_of', { promise })}>
      {promise}
    </a>
  ),
};

function DocumentText({ name, version }: { name: string; version: VersionSummary }) {
  const text = useQuery(versionQuery(name, version.version));
  const isThere = text.data !== undefined;
  // The browser looked for the mark in the address before the text was there.
  useEffect(() => {
    const mark = isThere && location.hash ? location.hash.slice(1) : '';
    if (mark) requestAnimationFrame(() => document.getElementById(mark)?.scrollIntoView({ block: 'center' }));
  }, [isThere]);
  if (text.isPending) return skeleton;
  if (text.isError) return <TryAgain text={sentence(text.error)} again={text.refetch} />;
  const body = annotated(text.data.text, text.data.sentences).replace(/^# .*\n+/, '');
  return (
    <article className={css.reading}>
      <Suspense fallback={skeleton}>
        <Markdown text={body} level={2} inset={marks} />
      </Suspense>
    </article>
  );
}

function Versions({
  summary,
  shown,
  isComparing,
}: {
  summary: DocumentSummary;
  shown: VersionSummary;
  isComparing: boolean;
}) {
  const before = summary.versions[summary.versions.indexOf(shown) + 1];
  return (
    <section className={css.versions} aria-labelledby="versions">
      <h2 id="versions">{t('document.versions')}</h2>
      <div className={css.acts}>
        {isComparing && (
          <DocumentLink name={summary.document} version={shown.version} look="plain">
            {t('document.read')}
          </DocumentLink>
        )}
        {!isComparing && before && (
          <DocumentLink name={summary.document} version={shown.version} from={before.version} look="plain">
            {t('document.changes_since', { version: before.version })}
          </DocumentLink>
        )}
      </div>
      <ul>
        {summary.versions.map(one => (
          <li key={one.version} aria-current={one === shown ? 'true' : undefined}>
            <DocumentLink name={summary.document} version={one.version}>
              {one.version}
            </DocumentLink>
            <span>{t(`document.state.${one.state as 'in_force' | 'waiting' | 'past'}`)}</span>
            <code title={t('document.hash')}>{one.sha256}</code>
          </li>
        ))}
      </ul>
      <p>{t('document.hash_why')}</p>
    </section>
  );
}

function DocumentLink({
  name,
  look,
  children,
  ...search
}: {
  name: string;
  version: string;
  from?: string;
  look?: 'plain';
  children: string;
}) {
  const className = look && buttonClass(look, 'small');
  if (name === 'privacy') {
    return (
      <Link to="/policy" search={search} className={className}>
        {children}
      </Link>
    );
  }
  return (
    <Link to="/documents/$document" params={{ document: name }} search={search} className={className}>
      {children}
    </Link>
  );
}
