import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { sentence, type Hold } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Empty, TryAgain } from '@/ui';
import { holdsQuery } from './holds';
import css from './privacy.module.css';
import { WaitingErasure } from './WaitingErasure';

/** What a law or a court keeps of the person beyond its period: why, and until when. */
export function HoldsPage() {
  const holds = useQuery(holdsQuery);
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.holds')}</h1>
        <p>{t('holds.text')}</p>
      </header>
      {holds.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {holds.isError && <TryAgain text={sentence(holds.error)} again={holds.refetch} />}
      {holds.data?.erasure_asked_at && <WaitingErasure asked={holds.data.erasure_asked_at} />}
      {holds.data?.items.length === 0 && <Empty title={t('holds.empty')} text={t('holds.empty_text')} />}
      {holds.data && holds.data.items.length > 0 && (
        <ul className={css.rows}>
          {holds.data.items.map(hold => (
            <HoldRow key={hold.id} hold={hold} />
          ))}
        </ul>
      )}
    </>
  );
}

function HoldRow({ hold }: { hold: Hold }) {
  const what = hold.workspace ? t('holds.on_workspace', { workspace: hold.workspace_name }) : t('holds.on_you');
  return (
    <li className={css.row}>
      <Scale size={16} aria-hidden />
      <div className={css.words}>
        <strong dir="auto">{hold.reason}</strong>
        <span dir="auto">{what}</span>
        <span>{t('holds.until', { since: longDay(hold.created_at), until: longDay(hold.expires_at) })}</span>
      </div>
    </li>
  );
}
