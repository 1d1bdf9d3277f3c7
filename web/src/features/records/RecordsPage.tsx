import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api, base, keys, sentence, type Activity, type CollectedCategory, type Controller } from '@/api';
import { longDay } from '@/base/dates';
import { Entrance } from '@/features/accounts';
import { t, type WordKey } from '@/i18n';
import { Bone, Bones, buttonClass, TryAgain } from '@/ui';
import css from './RecordsPage.module.css';

/** For privacy officers, and whoever wants to know: what the declarations give as records. */
export function RecordsPage() {
  useEffect(() => {
    document.title = t('frame.title', { name: t('records.title') });
  }, []);
  return (
    <Entrance title={t('records.title')} text={t('records.text')} isWide>
      <Processing />
      <Categories />
      <section className={css.record} aria-labelledby="dataset">
        <h2 id="dataset">{t('records.dataset')}</h2>
        <p>{t('records.dataset_text')}</p>
        <Files files={[['/records/dataset', 'YAML', 'dialpine-dataset.yaml']]} />
      </section>
    </Entrance>
  );
}

const skeleton = (
  <Bones>
    <Bone width="100%" height={160} />
  </Bones>
);

function Files({ files }: { files: [string, string, string][] }) {
  return (
    <div className={css.files}>
      {files.map(([path, format, name]) => (
        <a key={path} href={`${base}${path}`} download={name} className={buttonClass('plain', 'small')}>
          <Download size={14} aria-hidden />
          {t('records.as', { format })}
        </a>
      ))}
    </div>
  );
}

function Processing() {
  const record = useQuery({ queryKey: keys.processing, queryFn: () => answer(api.GET('/records/processing')) });
  return (
    <section className={css.record} aria-labelledby="processing">
      <h2 id="processing">{t('records.processing')}</h2>
      <p>{t('records.processing_text')}</p>
      <Files
        files={[
          ['/records/processing?format=csv', 'CSV', 'dialpine-processing.csv'],
          ['/records/processing?format=jsonld', 'JSON-LD', 'dialpine-processing.jsonld'],
          ['/records/processing?format=json', 'JSON', 'dialpine-processing.json'],
        ]}
      />
      {record.isPending && skeleton}
      {record.isError && <TryAgain text={sentence(record.error)} again={record.refetch} />}
      {record.data && (
        <>
          <ControllerFacts controller={record.data.controller} />
          <div>
            {record.data.activities.map(activity => (
              <ActivityRow key={`${activity.purpose.key} ${activity.purpose.title}`} activity={activity} />
            ))}
          </div>
          <h3>{t('records.measures')}</h3>
          <ul className={css.list}>
            {record.data.measures.map(measure => (
              <li key={measure}>{measure}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function ControllerFacts({ controller }: { controller: Controller }) {
  const facts: [WordKey, string | null][] = [
    ['records.controller', controller.name],
    ['records.contact', controller.contact],
    ['records.representative', controller.representative],
    ['records.region', controller.region],
  ];
  return (
    <dl className={css.facts}>
      {facts.map(([word, value]) => (
        <Fact key={word} word={word} values={value ? [value] : []} otherwise="records.not_set" />
      ))}
    </dl>
  );
}

function ActivityRow({ activity }: { activity: Activity }) {
  const categories = activity.categories.map(one => one.title);
  return (
    <details className={css.row}>
      <summary>
        <strong>{activity.purpose.title}</strong>
        <span>{activity.bases.join(', ')}</span>
      </summary>
      <dl className={css.facts}>
        <Fact word="records.subjects" values={activity.subjects} />
        <Fact word="records.categories" values={categories} />
        <Fact word="records.sources" values={activity.sources} />
        <Fact word="records.recipients" values={activity.recipients} otherwise="records.nobody" />
        <Fact word="records.periods" values={activity.periods} />
        <Fact word="records.places" values={activity.places} isCode />
      </dl>
    </details>
  );
}

function Categories() {
  const report = useQuery({ queryKey: keys.categories, queryFn: () => answer(api.GET('/records/categories')) });
  return (
    <section className={css.record} aria-labelledby="categories">
      <h2 id="categories">{t('records.report')}</h2>
      <p>
        {report.data
          ? t('records.report_text', { from: longDay(report.data.from), until: longDay(report.data.until) })
          : t('records.report_short')}
      </p>
      <Files
        files={[
          ['/records/categories?format=csv', 'CSV', 'dialpine-categories.csv'],
          ['/records/categories?format=json', 'JSON', 'dialpine-categories.json'],
        ]}
      />
      {report.isPending && skeleton}
      {report.isError && <TryAgain text={sentence(report.error)} again={report.refetch} />}
      <div>
        {report.data?.categories.map(category => (
          <CategoryRow key={category.category.key} category={category} />
        ))}
      </div>
    </section>
  );
}

function CategoryRow({ category }: { category: CollectedCategory }) {
  const isKept = !category.sold && !category.shared_for_advertising;
  return (
    <details className={css.row}>
      <summary>
        <strong>{category.category.title}</strong>
        <span>{t(isKept ? 'records.kept' : 'records.sold')}</span>
      </summary>
      <dl className={css.facts}>
        <Fact word="records.sources" values={category.sources} />
        <Fact word="records.purposes" values={category.purposes} />
        <Fact word="records.recipients" values={category.disclosed_to} otherwise="records.nobody" />
        <Fact word="records.periods" values={category.periods} />
      </dl>
    </details>
  );
}

function Fact({
  word,
  values,
  otherwise = 'common.none',
  isCode = false,
}: {
  word: WordKey;
  values: string[];
  otherwise?: WordKey;
  isCode?: boolean;
}) {
  const text = values.length > 0 ? values.join(', ') : t(otherwise);
  return (
    <>
      <dt>{t(word)}</dt>
      <dd>{isCode ? <code>{text}</code> : text}</dd>
    </>
  );
}
