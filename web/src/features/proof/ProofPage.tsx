import { useEffect, useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, CircleAlert, CircleCheck, X } from 'lucide-react';
import { answer, api, keys, sentence, type Proof, type ProofReport, type ProofState } from '@/api';
import { classes } from '@/base/classes';
import { dayAndTime } from '@/base/dates';
import { knownKeys } from '@/base/signatures';
import { Entrance } from '@/features/accounts';
import { t, Words, type WordKey } from '@/i18n';
import { Bone, Bones, Button, Failure, TextField, TryAgain } from '@/ui';
import { matches } from './matches';
import css from './Proof.module.css';
import { checkReport, type ReportChecked } from './signature';

const states: ProofState[] = ['proved', 'partly', 'not_yet'];

/** For everybody: each promise of the policy, how far it is proved, and by what. */
export function ProofPage() {
  const report = useQuery({ queryKey: keys.proof, queryFn: () => answer(api.GET('/proof')) });
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
      {report.data && <Report report={report.data} />}
    </Entrance>
  );
}

/** A promise that the address names is shown alone, so that a link of the policy leads to it. */
const promiseInAddress = () => /^#(P\d+)$/.exec(location.hash)?.[1] ?? '';

function Report({ report }: { report: ProofReport }) {
  const [state, setState] = useState<ProofState>();
  const [wanted, setWanted] = useState(promiseInAddress);
  const shown = report.promises.filter(promise => matches(promise, wanted, state));
  return (
    <>
      <div className={css.counts}>
        <p>
          <Words
            of="proof.counts"
            values={Object.fromEntries(states.map(one => [one, countOf(report.promises, one)]))}
            parts={{ strong: text => <strong>{text}</strong> }}
          />
        </p>
        <Shares promises={report.promises} />
        <small>
          {report.made_at
            ? t('proof.commit', { commit: report.commit.slice(0, 12), when: dayAndTime(report.made_at) })
            : t('proof.nobody')}
        </small>
        {report.signature && <Signature report={report} />}
      </div>
      <div className={css.tools}>
        <TextField
          label={t('proof.search')}
          isLabelHidden
          type="search"
          placeholder={t('proof.search')}
          value={wanted}
          onChange={event => setWanted(event.target.value)}
        />
        <div className={css.filter} role="group" aria-label={t('proof.filter')}>
          <button type="button" aria-pressed={state === undefined} onClick={() => setState(undefined)}>
            {t('proof.all')}
          </button>
          {states.map(one => (
            <button key={one} type="button" aria-pressed={state === one} onClick={() => setState(one)}>
              {t(`proof.state.${one}`)}
            </button>
          ))}
        </div>
      </div>
      <p className="only-read" role="status">
        {t('proof.shown', { count: shown.length })}
      </p>
      {shown.length === 0 && <p className={css.none}>{t('proof.nothing')}</p>}
      <ol className={css.promises}>
        {shown.map(promise => (
          <Promised key={promise.id} promise={promise} />
        ))}
      </ol>
    </>
  );
}

const countOf = (promises: Proof[], state: ProofState) => promises.filter(promise => promise.state === state).length;

/** The same numbers as a bar; words say them above. */
function Shares({ promises }: { promises: Proof[] }) {
  return (
    <div className={css.shares} aria-hidden>
      {states.map(state => (
        <span key={state} className={css[`share_${state}`]} style={{ flexGrow: countOf(promises, state) }} />
      ))}
    </div>
  );
}

const verdicts: Record<ReportChecked, WordKey> = {
  signed: 'proof.signed',
  other_key: 'proof.other_key',
  wrong: 'proof.wrong',
  cannot: 'proof.cannot',
  unsigned: 'proof.unsigned',
};

function Signature({ report }: { report: ProofReport }) {
  const check = useMutation({
    mutationFn: async () =>
      checkReport(
        report,
        (await knownKeys()).map(key => key.public_key),
      ),
  });
  const isGood = check.data === 'signed';
  return (
    <div className={css.signature}>
      <Button size="small" busy={check.isPending} onClick={() => check.mutate()}>
        {t('proof.check')}
      </Button>
      {check.data && (
        <span role="status" className={isGood ? css.right : css.wrong}>
          {isGood ? <CircleCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
          {t(verdicts[check.data])}
        </span>
      )}
      {check.isError && <Failure text={sentence(check.error)} />}
    </div>
  );
}

function Promised({ promise }: { promise: Proof }) {
  return (
    <li id={promise.id} className={css.promise}>
      <span className={css.number}>{promise.id}</span>
      <div className={css.says}>
        <strong>{promise.says}</strong>
        <p>{promise.why}</p>
        {promise.policy && <a href={`/policy#${promise.policy}`}>{t('proof.sentence')}</a>}
        {promise.tests.length + promise.keeps.length > 0 && (
          <details>
            <summary>{t('proof.by', { tests: promise.tests.length, places: promise.keeps.length })}</summary>
            <ul>
              {promise.tests.map(test => (
                <li key={test.name}>
                  {test.outcome === 'passed' ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}
                  <code>{test.name}</code> {t(`proof.outcome.${test.outcome}`)}
                </li>
              ))}
              {promise.keeps.map(place => (
                <li key={place} className={css.place}>
                  <code>{place}</code>
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
