import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Download, Printer } from 'lucide-react';
import { answer, api, hasStatus, keys, sentence } from '@/api';
import { dayAndTime } from '@/base/dates';
import { Entrance } from '@/features/accounts';
import { t } from '@/i18n';
import { Bone, Bones, Button, Mark, Progress, TryAgain } from '@/ui';
import { isCertificate, type Certificate } from './certificate';
import css from './privacy.module.css';

/** Readable without an account: the address is the secret, and the certificate names nobody. */
export function CertificatePage() {
  const { erasure } = useParams({ from: '/erased/$erasure' });
  const job = useQuery({
    queryKey: keys.job(erasure),
    queryFn: () => answer(api.GET('/erasures/{erasure}', { params: { path: { erasure } } })),
    refetchInterval: query =>
      query.state.error ||
      query.state.data?.state === 'queued' ||
      query.state.data?.state === 'done' ||
      query.state.data?.state === 'failed'
        ? false
        : 400,
  });
  if (job.isError) {
    if (hasStatus(job.error, 404)) {
      return (
        <Entrance title={t('not_found.title')} text={t('certificate.not_found')}>
          <Link to="/">{t('not_found.home')}</Link>
        </Entrance>
      );
    }
    return <TryAgain text={sentence(job.error)} again={job.refetch} />;
  }
  const report: Record<string, unknown> | null = job.data?.report ?? null;
  const goesOnAt = report?.goes_on_at;
  if (isCertificate(report)) {
    return (
      <Entrance title={t('certificate.title')} text={t('certificate.text')} isWide>
        <CertificateSheet certificate={report} id={erasure} />
      </Entrance>
    );
  }
  if (typeof goesOnAt === 'string')
    return (
      <Entrance title={t('certificate.held')} text={t('certificate.held_text', { when: dayAndTime(goesOnAt) })}>
        <Link to="/me/holds">{t('privacy.holds')}</Link>
      </Entrance>
    );
  return (
    <Entrance title={t('certificate.running')}>
      <Bones label={t('certificate.running')}>
        <Progress value={job.data?.progress ?? 0} label={t('certificate.running')} />
        <p>{job.data?.step ?? <Bone width={120} />}</p>
      </Bones>
    </Entrance>
  );
}

function save(certificate: Certificate, id: string): void {
  const file = new Blob([JSON.stringify({ id, ...certificate }, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `erasure-${id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function CertificateSheet({ certificate, id }: { certificate: Certificate; id: string }) {
  return (
    <>
      <article className={css.certificate}>
        <div className={css.seal}>
          <Mark size={56} />
        </div>
        <dl className={css.facts}>
          <dt>{t('certificate.when')}</dt>
          <dd>{dayAndTime(certificate.erased_at)}</dd>
          <dt>{t('certificate.number')}</dt>
          <dd>{id}</dd>
          <dt>{t('certificate.key')}</dt>
          <dd>{certificate.sealed_key_destroyed ? t('certificate.key_destroyed') : t('certificate.no_key')}</dd>
          <dt>{t('certificate.sessions')}</dt>
          <dd>{certificate.sessions_ended}</dd>
          <dt>{t('certificate.workspaces')}</dt>
          <dd>{certificate.workspaces_closed}</dd>
          {certificate.recipients_told && certificate.recipients_told.length > 0 && (
            <>
              <dt>{t('certificate.told')}</dt>
              <dd>{certificate.recipients_told.join(', ')}</dd>
            </>
          )}
          {certificate.workspaces_closing > 0 && (
            <>
              <dt>{t('certificate.closing')}</dt>
              <dd>{certificate.workspaces_closing}</dd>
            </>
          )}
        </dl>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('certificate.what')}</th>
              <th scope="col">{t('certificate.rule')}</th>
              <th scope="col" className={css.number}>
                {t('certificate.rows')}
              </th>
              <th scope="col" className={css.aside}>
                {t('certificate.why')}
              </th>
            </tr>
          </thead>
          <tbody>
            {certificate.tables.map(row => (
              <tr key={`${row.table} ${row.rule} ${row.why}`}>
                <td>{row.table}</td>
                <td>{t(`certificate.rule.${row.rule}`)}</td>
                <td className={css.number}>{row.rows}</td>
                <td className={css.aside}>{row.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </article>
      <div className={css.acts}>
        <Button look="primary" onClick={() => save(certificate, id)}>
          <Download size={15} aria-hidden />
          {t('certificate.save')}
        </Button>
        <Button onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          {t('certificate.print')}
        </Button>
        <Link to="/sign-up">{t('certificate.leave')}</Link>
      </div>
    </>
  );
}
