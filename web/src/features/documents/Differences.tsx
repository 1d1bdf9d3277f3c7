import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { sentence, type SentenceChange } from '@/api';
import { t } from '@/i18n';
import { Bone, Bones, Notice, TryAgain } from '@/ui';
import css from './DocumentPage.module.css';
import { differencesQuery } from './queries';
import { changedWords } from './words';

const pageSize = 100;

/** What changed between two versions, sentence by sentence, and whether it matters. */
export function Differences({ document, from, to }: { document: string; from: string; to: string }) {
  const differences = useQuery(differencesQuery(document, from, to));
  const [most, setMost] = useState(pageSize);
  if (differences.isPending) {
    return (
      <Bones>
        <Bone width="100%" height={320} />
      </Bones>
    );
  }
  if (differences.isError) return <TryAgain text={sentence(differences.error)} again={differences.refetch} />;
  const { significant, reasons, sentences } = differences.data;
  const counts = { from, to, ...counted(sentences) };
  return (
    <section className={css.changes} aria-labelledby="changes">
      <h2 id="changes">{t('document.changes_title', counts)}</h2>
      <p>{t('document.counts', counts)}</p>
      <Notice look={significant ? 'warning' : undefined}>
        {t(significant ? 'document.significant' : 'document.insignificant')}
        {reasons.length > 0 && (
          <ul>
            {reasons.map(reason => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </Notice>
      <ol>
        {sentences.slice(0, most).map((change, index) => (
          <li key={index}>
            <span className={css.kind}>{t(`document.change.${change.change}`)}</span>
            <span>
              <Changed change={change} />
            </span>
          </li>
        ))}
      </ol>
      {sentences.length > most && (
        <button type="button" onClick={() => setMost(most + pageSize)}>
          {t('common.load_more')}
        </button>
      )}
    </section>
  );
}

function counted(sentences: SentenceChange[]) {
  const count = (kind: SentenceChange['change']) => sentences.filter(one => one.change === kind).length;
  return { added: count('added'), removed: count('removed'), changed: count('changed') };
}

function Changed({ change: { before, after } }: { change: SentenceChange }) {
  if (before === null) return after;
  if (after === null) return <del className={css.whole}>{before}</del>;
  return changedWords(before, after).map(({ kind, text }, index) => {
    if (kind === 'added') return <ins key={index}>{text}</ins>;
    if (kind === 'removed') return <del key={index}>{text}</del>;
    return <span key={index}>{text}</span>;
  });
}
