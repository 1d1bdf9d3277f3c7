import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Download } from 'lucide-react';
import { answer, api, base, everyItem, keys, sentence, type Subprocessor, type TransparencyReport } from '@/api';
import { classes } from '@/base/classes';
import { longDay } from '@/base/dates';
import { Entrance } from '@/features/accounts';
import { t, Words } from '@/i18n';
import { Bone, Bones, buttonClass, Empty, TryAgain } from '@/ui';
import css from './Subprocessors.module.css';

/** For everybody: who receives anything from this instance, where data is, and how often authorities asked. */
export function SubprocessorsPage() {
  useEffect(() => {
    document.title = t('frame.title', { name: t('subprocessors.title') });
  }, []);
  return (
    <Entrance title={t('subprocessors.title')} text={t('subprocessors.text')} isWide>
      <Recipients />
      <Transfers />
      <Authorities />
    </Entrance>
  );
}

function Skeleton() {
  return (
    <Bones>
      <Bone width="100%" height={120} />
    </Bones>
  );
}

function Recipients() {
  const list = useQuery({
    queryKey: keys.subprocessors,
    queryFn: () =>
      everyItem(cursor => answer(api.GET('/subprocessors', { params: { query: { limit: 200, cursor } } }))),
  });
  if (list.isPending) return <Skeleton />;
  if (list.isError) return <TryAgain text={sentence(list.error)} again={list.refetch} />;
  if (list.data.length === 0) return <Empty title={t('subprocessors.empty')} text={t('subprocessors.empty_text')} />;
  return (
    <section className={css.section} aria-label={t('subprocessors.recipients')}>
      <ul className={css.recipients}>
        {list.data.map(recipient => (
          <RecipientCard key={recipient.id} recipient={recipient} />
        ))}
      </ul>
    </section>
  );
}

function stateOf(recipient: Subprocessor) {
  return recipient.state === 'active' && !recipient.open ? 'closed' : recipient.state;
}

function RecipientCard({ recipient }: { recipient: Subprocessor }) {
  const state = stateOf(recipient);
  return (
    <li className={css.recipient}>
      <h2>
        {recipient.name}
        <span className={classes(css.state, css[state])}>{t(`subprocessors.state.${state}`)}</span>
      </h2>
      <dl className={css.facts}>
        <dt>{t('subprocessors.purpose')}</dt>
        <dd>{recipient.purpose_title}</dd>
        <dt>{t('subprocessors.fields')}</dt>
        <dd>{recipient.fields_titles.join(', ')}</dd>
        <dt>{t('subprocessors.region')}</dt>
        <dd>{t('subprocessors.place', { region: recipient.region, country: recipient.country })}</dd>
        <dt>{t('subprocessors.hosts')}</dt>
        <dd>{recipient.hosts.join(', ') || t('subprocessors.no_hosts')}</dd>
        <dt>{t('subprocessors.agreement')}</dt>
        <dd>
          {t('subprocessors.until', {
            agreement: recipient.agreement,
            day: longDay(recipient.agreement_until.slice(0, 10)),
          })}
        </dd>
        <dt>{t('subprocessors.contact')}</dt>
        <dd>{recipient.contact}</dd>
        {recipient.affiliate && (
          <>
            <dt>{t('subprocessors.group')}</dt>
            <dd>{t('subprocessors.affiliate')}</dd>
          </>
        )}
      </dl>
    </li>
  );
}

function Transfers() {
  const list = useQuery({ queryKey: keys.transfers, queryFn: () => answer(api.GET('/transfers')) });
  return (
    <section className={css.section}>
      <header className={css.heading}>
        <h2>{t('subprocessors.transfers')}</h2>
        <a href={`${base}/transfers?format=csv`} download="transfers.csv" className={buttonClass('quiet', 'small')}>
          <Download size={15} aria-hidden />
          {t('subprocessors.csv')}
        </a>
      </header>
      {list.isPending && <Skeleton />}
      {list.isError && <TryAgain text={sentence(list.error)} again={list.refetch} />}
      {list.data && (
        // A wide table scrolls by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t('subprocessors.transfers')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('subprocessors.who')}</th>
                <th scope="col">{t('subprocessors.what')}</th>
                <th scope="col">{t('subprocessors.region')}</th>
                <th scope="col">{t('subprocessors.safeguard')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map(row => (
                <tr key={`${row.who} ${row.what} ${row.state}`}>
                  <td>{row.who}</td>
                  <td>{row.what}</td>
                  <td>
                    {row.country ? t('subprocessors.place', { region: row.region, country: row.country }) : row.region}
                  </td>
                  <td>{row.safeguard}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Authorities() {
  const report = useQuery({ queryKey: keys.transparency, queryFn: () => answer(api.GET('/transparency-report')) });
  return (
    <section className={css.section}>
      <h2>{t('authorities.title')}</h2>
      {report.isPending && <Skeleton />}
      {report.isError && <TryAgain text={sentence(report.error)} again={report.refetch} />}
      {report.data && <Counts report={report.data} />}
    </section>
  );
}

function Counts({ report }: { report: TransparencyReport }) {
  return (
    <>
      {report.requests === 0 ? (
        <p>{t('authorities.none')}</p>
      ) : (
        <>
          <p>
            <Words
              of="authorities.counts"
              values={{ requests: report.requests, persons: report.persons }}
              parts={{ strong: text => <strong>{text}</strong> }}
            />
          </p>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('authorities.kind')}</th>
                <th scope="col">{t('authorities.requests')}</th>
                <th scope="col">{t('authorities.complied')}</th>
                <th scope="col">{t('authorities.refused')}</th>
                <th scope="col">{t('authorities.pending')}</th>
              </tr>
            </thead>
            <tbody>
              {report.kinds
                .filter(each => each.requests > 0)
                .map(each => (
                  <tr key={each.kind}>
                    <td>{t(`authorities.kind.${each.kind}`)}</td>
                    <td>{each.requests}</td>
                    <td>{each.complied + each.partly}</td>
                    <td>{each.refused}</td>
                    <td>{each.pending}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
      <p className={classes(css.verdict, !report.equals_log && css.wrong)}>
        {report.equals_log ? <CircleCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
        {report.equals_log ? t('authorities.equal') : t('authorities.differ')}
      </p>
    </>
  );
}
