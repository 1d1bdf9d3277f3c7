import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Download } from 'lucide-react';
import { sentence, type HeldCategory, type HeldItem } from '@/api';
import { dayAndTime, shortDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, buttonClass, TextField, TryAgain } from '@/ui';
import { categoriesWith } from './held';
import css from './privacy.module.css';
import { myDataQuery } from './queries';
import { Totals } from './Totals';

/** Everything that is held of the person, like a bank statement: totals in words, then rows that open to the values. */
export function MyDataPage() {
  const data = useQuery(myDataQuery);
  const [wanted, setWanted] = useState('');
  if (data.isPending) return <MyDataSkeleton />;
  if (data.isError) return <TryAgain text={sentence(data.error)} again={data.refetch} />;
  const shown = categoriesWith(data.data.categories, wanted);
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.data')}</h1>
        <p>
          <Totals data={data.data} />
        </p>
      </header>
      <div className={css.tools}>
        <TextField
          label={t('privacy.search')}
          isLabelHidden
          type="search"
          placeholder={t('privacy.search')}
          value={wanted}
          onChange={event => setWanted(event.target.value)}
        />
        <Link to="/me/export" className={buttonClass('plain')}>
          <Download size={15} aria-hidden />
          {t('privacy.export')}
        </Link>
      </div>
      {shown.length === 0 && <p className={css.use}>{t('privacy.nothing', { wanted })}</p>}
      <div className={css.categories}>
        {shown.map(category => (
          <Category key={category.category} category={category} />
        ))}
      </div>
    </>
  );
}

function Category({ category }: { category: HeldCategory }) {
  return (
    <section className={css.category} aria-labelledby={category.category}>
      <h2 id={category.category}>
        {category.title}
        <span>{t('privacy.entries', { count: category.count })}</span>
      </h2>
      {category.items.map(item => (
        <Item key={`${item.table} ${item.column}`} item={item} />
      ))}
    </section>
  );
}

/** What is inside is drawn once it is opened: a person may have left a hundred thousand traces. */
function Item({ item }: { item: HeldItem }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={css.item} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight size={14} aria-hidden />
        <span className={css.label}>
          {item.label}
          <small>{t('privacy.from', { source: item.source })}</small>
        </span>
        <span className={css.use}>{item.uses.join(', ')}</span>
        <span className={css.use}>{item.keep}</span>
        <span className={css.count}>{item.count}</span>
      </summary>
      {isOpen && <Opened item={item} />}
    </details>
  );
}

function Opened({ item }: { item: HeldItem }) {
  return (
    <div className={css.open}>
      {item.values.length > 0 && (
        <ul className={css.values}>
          {item.values.map((value, index) => (
            <li key={index}>
              <HeldText value={value} />
              {value.at && <time dateTime={value.at}>{shortDay(value.at)}</time>}
            </li>
          ))}
        </ul>
      )}
      {item.more && <p className={css.use}>{t('privacy.more')}</p>}
      <dl className={css.facts}>
        <dt>{t('privacy.basis')}</dt>
        <dd>{item.basis}</dd>
        <dt>{t('privacy.at_erasure')}</dt>
        <dd>{item.at_erasure}</dd>
        <dt>{t('privacy.stored')}</dt>
        <dd>{item.sealed ? t('privacy.sealed') : t('privacy.open')}</dd>
      </dl>
      {(item.correct ?? item.erase) && (
        <div className={css.acts}>
          {item.correct && (
            <a href={item.correct} className={buttonClass('plain', 'small')}>
              {t('privacy.correct')}
            </a>
          )}
          {item.erase && (
            <a href={item.erase} className={buttonClass('plain', 'small')}>
              {t('privacy.erase_item')}
            </a>
          )}
        </div>
      )}
    </div>
  );
}

/** An author is told of what, anything else first as it is held, then where. */
function HeldText({ value: { value, row } }: { value: HeldItem['values'][number] }) {
  if (row !== null && value === 'you') return <span dir="auto">{row}</span>;
  const isTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return (
    <span dir="auto">
      {isTime ? dayAndTime(value) : value}
      {row !== null && <small>{row}</small>}
    </span>
  );
}

function MyDataSkeleton() {
  return (
    <Bones>
      <div className={css.bones}>
        <Bone width={220} height={28} />
        <Bone width="90%" />
        <Bone width={160} height={30} />
        {[1, 2, 3, 4, 5, 6].map(row => (
          <Bone key={row} width="100%" height={40} />
        ))}
      </div>
    </Bones>
  );
}
