import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { answer, api, keys, sentence, type Measure, type Statistics } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Bone, Bones, Empty, TryAgain } from '@/ui';
import { Bars } from './ActivityPage';
import privacy from './privacy.module.css';
import css from './StatisticsPage.module.css';

type ShownMeasure = Exclude<Measure, 'closed' | 'active'>;
const measures: ShownMeasure[] = [
  'feature',
  'attached_type',
  'browser',
  'system',
  'connection',
  'referring_site',
  'feature_by_browser',
];

/** How many people use what: groups of ten or more, in tens, days that are over. */
export function StatisticsPage() {
  const statistics = useQuery({
    queryKey: keys.statistics,
    queryFn: () => answer(api.GET('/operator/statistics')),
  });
  return (
    <>
      <header className={privacy.head}>
        <h1>{t('statistics.title')}</h1>
        <p>{t('statistics.text')}</p>
      </header>
      {statistics.isPending && (
        <Bones>
          <Bone width="100%" height={180} />
        </Bones>
      )}
      {statistics.isError && <TryAgain text={sentence(statistics.error)} again={statistics.refetch} />}
      {statistics.data && <Days statistics={statistics.data} />}
    </>
  );
}

function daysOf({ from, to }: Statistics): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function Days({ statistics }: { statistics: Statistics }) {
  const shown = statistics.counts.map(count => count.day);
  const [chosen, choose] = useState(() => shown.at(-1));
  if (!chosen) {
    return <Empty title={t('statistics.empty')} text={t('statistics.empty_text', { days: statistics.counted_days })} />;
  }
  const active = new Map(
    statistics.counts.filter(count => count.measure === 'active').map(count => [count.day, count.people]),
  );
  const most = Math.max(10, ...active.values());
  return (
    <>
      <figure className={css.chart}>
        <figcaption>{t('statistics.active', { most })}</figcaption>
        <div className={css.columns} role="group" aria-label={t('statistics.choose')}>
          {daysOf(statistics).map(day => {
            const people = active.get(day) ?? 0;
            return (
              <button
                key={day}
                type="button"
                aria-pressed={day === chosen}
                aria-label={t(people > 0 ? 'statistics.day' : 'statistics.day_none', { day: longDay(day), people })}
                onClick={() => choose(day)}
              >
                <span style={{ blockSize: `${(people / most) * 100}%` }} />
              </button>
            );
          })}
        </div>
      </figure>
      <h2>{t('statistics.on_day', { day: longDay(chosen) })}</h2>
      {measures.map(measure => (
        <MeasureBars key={measure} statistics={statistics} measure={measure} day={chosen} />
      ))}
    </>
  );
}

function MeasureBars({ statistics, measure, day }: { statistics: Statistics; measure: ShownMeasure; day: string }) {
  const counts = statistics.counts.filter(count => count.day === day && count.measure === measure);
  return (
    <section className={privacy.section} aria-labelledby={`measure-${measure}`}>
      <h3 id={`measure-${measure}`}>{t(`statistics.${measure}`)}</h3>
      {counts.length === 0 ? (
        <p>{t('statistics.too_few')}</p>
      ) : (
        <Bars of={counts.map(({ value, people }) => ({ words: statistics.titles[value] ?? value, count: people }))} />
      )}
    </section>
  );
}
