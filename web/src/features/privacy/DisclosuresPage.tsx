import { useQuery } from '@tanstack/react-query';
import { sentence, type Disclosure } from '@/api';
import { dayAndTime } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Empty, TryAgain } from '@/ui';
import css from './privacy.module.css';
import { disclosuresQuery } from './queries';

/** Who received what of the signed-in person: the lines of the ledger that are about them. */
export function DisclosuresPage() {
  const list = useQuery(disclosuresQuery);
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.disclosures')}</h1>
        <p>
          {t('disclosures.text')}{' '}
          <a href="/subprocessors" target="_blank" rel="noreferrer">
            {t('disclosures.register')}
          </a>
        </p>
      </header>
      {list.isPending && (
        <Bones>
          <Bone width="100%" height={56} />
        </Bones>
      )}
      {list.isError && <TryAgain text={sentence(list.error)} again={list.refetch} />}
      {list.data?.length === 0 && <Empty title={t('disclosures.empty')} text={t('disclosures.empty_text')} />}
      {list.data && list.data.length > 0 && (
        <ul className={css.rows}>
          {list.data.map(line => (
            <Line key={line.id} line={line} />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ line }: { line: Disclosure }) {
  const fields = line.fields_titles.join(', ') || t('disclosures.no_fields');
  return (
    <li className={css.row}>
      <div className={css.words}>
        <strong>{line.recipient}</strong>
        <span>{t('disclosures.line', { fields, purpose: line.purpose_title })}</span>
        <span>
          {dayAndTime(line.at)}, {t(`disclosures.state.${line.state}`)}
        </span>
      </div>
    </li>
  );
}
