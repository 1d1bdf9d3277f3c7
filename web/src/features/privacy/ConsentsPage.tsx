import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api, asProblem, base, keys, sentence, type ConsentRecord, type PurposeState } from '@/api';
import { classes } from '@/base/classes';
import { dayAndTime, longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Button, buttonClass, Failure, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { consentsQuery } from './queries';

/** Every purpose with its answer, yes and no of equal weight, and what the browser says by itself. */
export function ConsentsPage() {
  const consents = useQuery(consentsQuery);
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.consents')}</h1>
        <p>{t('consents.text')}</p>
      </header>
      <Signals />
      {consents.isPending && (
        <Bones>
          <div className={css.bones}>
            {[1, 2, 3, 4].map(row => (
              <Bone key={row} width="100%" height={72} />
            ))}
          </div>
        </Bones>
      )}
      {consents.isError && <TryAgain text={sentence(consents.error)} again={consents.refetch} />}
      {consents.data && (
        <ul className={css.rows} aria-label={t('consents.purposes')}>
          {consents.data.purposes.map(purpose => (
            <PurposeRow
              key={purpose.id}
              purpose={purpose}
              last={consents.data.history.find(record => record.purpose === purpose.id)}
            />
          ))}
        </ul>
      )}
      {consents.data && <History records={consents.data.history} purposes={consents.data.purposes} />}
      <KeptInBrowser />
    </>
  );
}

function PurposeRow({ purpose, last }: { purpose: PurposeState; last: ConsentRecord | undefined }) {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (wish: { given: boolean; despite_signal?: boolean }) =>
      answer(
        api.PUT('/me/consents/{purpose}', {
          params: { path: { purpose: purpose.id } },
          body: { state: wish.given ? 'given' : 'withdrawn', despite_signal: wish.despite_signal },
        }),
      ),
    onSuccess: consents => {
      client.setQueryData(keys.consents, consents);
      void client.invalidateQueries({ queryKey: keys.myLog });
      // What the switch let be noticed is gone, and the page asks anew what it may send.
      for (const queryKey of [keys.switches, keys.searches, keys.activity, keys.place, keys.myData])
        void client.invalidateQueries({ queryKey });
    },
  });
  const isAccount = purpose.id === 'account';
  const isAgainstSignal = asProblem(set.error)?.kind === 'privacy-signal';
  return (
    <li className={classes(css.row, css.purpose)}>
      <div className={css.words}>
        <strong id={`purpose-${purpose.id}`}>{purpose.title}</strong>
        <span>{t('consents.needs', { needs: purpose.needs, keep: purpose.keep })}</span>
        <span>{isAccount ? t('consents.account') : t('consents.off', { when_off: purpose.when_off })}</span>
        {purpose.since && <span>{stateOf(purpose, purpose.since)}</span>}
        {purpose.covered_by_gpc && <em className={css.here}>{t('signals.covered')}</em>}
      </div>
      <div className={css.acts}>
        {last && <Receipt record={last} title={purpose.title} />}
        {!isAccount && (
          <div className={css.answers} role="group" aria-labelledby={`purpose-${purpose.id}`}>
            {([false, true] as const).map(given => (
              <button
                key={String(given)}
                type="button"
                aria-pressed={purpose.given === given}
                disabled={set.isPending}
                onClick={() => set.mutate({ given })}
              >
                {t(given ? 'consents.yes' : 'consents.no')}
              </button>
            ))}
          </div>
        )}
      </div>
      {isAgainstSignal ? (
        <div className={css.overrule} role="alert">
          {t('consents.overrule')}
          <Button size="small" onClick={() => set.mutate({ given: true, despite_signal: true })}>
            {t('consents.overrule_act')}
          </Button>
        </div>
      ) : (
        set.isError && <Failure text={sentence(set.error)} />
      )}
    </li>
  );
}

function stateOf(purpose: PurposeState, since: string): string {
  const day = longDay(since);
  return purpose.given
    ? t('consents.given', { day, version: purpose.policy_version ?? '' })
    : t('consents.withdrawn', { day });
}

const firstShown = 20;

/** Every answer ever given; nothing of it is overwritten. */
function History({ records, purposes }: { records: ConsentRecord[]; purposes: PurposeState[] }) {
  const [isWhole, setWhole] = useState(false);
  const titleOf = (record: ConsentRecord) => purposes.find(one => one.id === record.purpose)?.title ?? record.purpose;
  return (
    <section className={css.section} aria-labelledby="history">
      <h2 id="history">{t('consents.history')}</h2>
      <p>{t(records.length > 0 ? 'consents.history_text' : 'consents.history_empty')}</p>
      {records.length > 0 && (
        <ul className={css.rows}>
          {(isWhole ? records : records.slice(0, firstShown)).map(record => (
            <li key={record.record_id} className={css.row}>
              <div className={css.words}>
                <strong>{titleOf(record)}</strong>
                <span>
                  {t(record.state === 'given' ? 'consents.record_given' : 'consents.record_withdrawn', {
                    when: dayAndTime(record.at),
                    version: record.notice_version,
                    method: record.collection_method,
                  })}
                </span>
              </div>
              <Receipt record={record} title={titleOf(record)} />
            </li>
          ))}
        </ul>
      )}
      {!isWhole && records.length > firstShown && (
        <div className={css.acts}>
          <Button onClick={() => setWhole(true)}>{t('consents.whole', { count: records.length })}</Button>
        </div>
      )}
    </section>
  );
}

function Receipt({ record, title }: { record: ConsentRecord; title: string }) {
  return (
    <a
      className={buttonClass('quiet', 'small')}
      href={`${base}/me/consents/${record.record_id}/receipt`}
      download="dialpine-consent-receipt.json"
      aria-label={t('consents.receipt_of', { title, when: dayAndTime(record.at) })}
    >
      <Download size={14} aria-hidden />
      {t('consents.receipt')}
    </a>
  );
}

function Signals() {
  const signals = useQuery({ queryKey: keys.signals, queryFn: () => answer(api.GET('/me/signals')) });
  if (!signals.data) return null;
  const { gpc_received, gpc_since, do_not_track } = signals.data;
  return (
    <section className={css.section} aria-labelledby="signals">
      <h2 id="signals">{t('signals.title')}</h2>
      <p>
        {gpc_received || gpc_since
          ? t('signals.gpc_on', { day: longDay(gpc_since ?? new Date().toISOString()) })
          : t('signals.gpc_off')}
      </p>
      <p>{t('signals.dnt', { text: do_not_track })}</p>
    </section>
  );
}

function KeptInBrowser() {
  const cookies = useQuery({ queryKey: keys.cookies, queryFn: () => answer(api.GET('/cookies')), staleTime: 300_000 });
  if (!cookies.data) return null;
  return (
    <section className={css.section} aria-labelledby="cookies">
      <h2 id="cookies">{t('cookies.title')}</h2>
      <table className={classes(css.table, css.stacked)}>
        <thead>
          <tr>
            {(['cookies.name', 'cookies.kind', 'cookies.purpose', 'cookies.period'] as const).map(word => (
              <th key={word} scope="col">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cookies.data.items.map(item => (
            <tr key={item.name}>
              <td>
                <code>{item.name}</code>
              </td>
              <td>{item.kind}</td>
              <td>{item.purpose}</td>
              <td>{item.period}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
