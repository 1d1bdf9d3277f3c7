import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { answer, api, keys, sentence, type Proof, type ProofState } from '@/api';
import { classes } from '@/base/classes';
import { dayAndTime } from '@/base/dates';
import { Entrance } from '@/features/accounts';
import { t, Words } from '@/i18n';
import { Bone, Bones, TryAgain } from '@/ui';
import css from './Proof.module.css';

const states: ProofState[] = ['proved', 'partly', 'not_yet'];

/** For everybody: each promise of the policy, how far it is proved, and by what. */
export function ProofPage() {
  const report = useQuery({ queryKey: keys.proof, queryFn: () => answer(api.GET('/proof')) });
  const [shown, setShown] = useState<ProofState>();
  useEffect(() => {
    document.title = t('frame.title', { name: t('proof.title') });
  }, []);
  return (
    <Entrance title={t('proof.title')} text={t('proof.text')} isWide>
      {report.isPending && (
        <Bones>
          <Bone width="100%" height={320} />
        </Bones>
      )}
      {report.isError && <TryAgain text={sentence(report.error)} again={report.refetch} />}
      {report.data && (
        <>
          <p className={css.counts}>
            <Words
              of="proof.counts"
              values={Object.fromEntries(states.map(state => [state, countOf(report.data.promises, state)]))}
              parts={{ strong: text => <strong>{text}</strong> }}
            />
            <small>
              {report.data.made_at
                ? t('proof.commit', { commit: report.data.commit.slice(0, 12), when: dayAndTime(report.data.made_at) })
                : t('proof.nobody')}
            </small>
          </p>
          <div className={css.filter} role="group">
            <button type="button" aria-pressed={shown === undefined} onClick={() => setShown(undefined)}>
              {t('proof.all')}
            </button>
            {states.map(state => (
              <button key={state} type="button" aria-pressed={shown === state} onClick={() => setShown(state)}>
                {t(`proof.state.${state}`)}
              </button>
            ))}
          </div>
          <ol className={css.promises}>
            {report.data.promises
              .filter(promise => shown === undefined || promise.state === shown)
              .map(promise => (
                <Promised key={promise.id} promise={promise} />
              ))}
          </ol>
        </>
      )}
    </Entrance>
  );
}

const countOf = (promises: Proof[], state: ProofState) => promises.filter(promise => promise.state === state).length;

function Promised({ promise }: { promise: Proof }) {
  return (
    <li id={promise.id} className={css.promise}>
      <span className={css.number}>{promise.id}</span>
      <div>
        <strong>{promise.says}</strong>
        <p>{promise.why}</p>
        {promise.tests.length > 0 && (
          <details>
            <summary>{t('proof.tests', { count: promise.tests.length })}</summary>
            <ul>
              {promise.tests.map(test => (
                <li key={test.name}>
                  <code>{test.name}</code> {test.outcome}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <span className={classes(css.state, css[promise.state])}>{t(`proof.state.${promise.state}`)}</span>
    </li>
  );
}
