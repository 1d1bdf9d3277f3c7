import type { ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api, keys, sentence, type ActivityKind, type OwnActivity, type Purpose } from '@/api';
import { dayAndTime, longDay } from '@/base/dates';
import { t, Words, type WordKey } from '@/i18n';
import { Bone, Bones, Button, Failure, say, TryAgain } from '@/ui';
import css from './ActivityPage.module.css';
import privacy from './privacy.module.css';

/** What is noticed of a person's use, for that person alone: each kind with its switch and its reset. */
export function ActivityPage() {
  const activity = useQuery({ queryKey: keys.activity, queryFn: () => answer(api.GET('/me/activity')), gcTime: 0 });
  return (
    <>
      <header className={privacy.head}>
        <h1>{t('activity.title')}</h1>
        <p>{t('activity.text')}</p>
      </header>
      {activity.isPending && (
        <Bones>
          <div className={privacy.bones}>
            {[1, 2, 3].map(row => (
              <Bone key={row} width="100%" height={96} />
            ))}
          </div>
        </Bones>
      )}
      {activity.isError && <TryAgain text={sentence(activity.error)} again={activity.refetch} />}
      {activity.data && <Kinds activity={activity.data} />}
    </>
  );
}

function Kinds({ activity }: { activity: OwnActivity }) {
  return (
    <>
      <Kind kind="searches" purpose="search_history" on={activity.on} isEmpty={activity.searches.length === 0}>
        <Bars of={activity.searches.map(each => ({ words: each.term, count: each.times }))} isTyped />
      </Kind>
      <Kind
        kind="coworkers"
        purpose="collaboration_graph"
        on={activity.on}
        isEmpty={activity.people.length + activity.teams.length === 0}
      >
        <Bars
          of={activity.people.map(each => ({ words: each.name || t('people.somebody'), count: each.times }))}
          isTyped
        />
        {activity.teams.length > 0 && <h3>{t('activity.teams')}</h3>}
        <Bars of={activity.teams.map(each => ({ words: each.name, count: each.times }))} isTyped />
      </Kind>
      <Kind
        kind="features"
        purpose="usage_statistics"
        on={activity.on}
        isEmpty={activity.features.length + activity.opened.length + activity.attached.length === 0}
      >
        <Bars of={activity.features.map(each => ({ words: each.title, count: each.times }))} />
        {activity.opened.length > 0 && <h3>{t('activity.opened')}</h3>}
        <ul className={css.plain}>
          {activity.opened.map(each => (
            <li key={each.thing}>{t(`activity.opened.${each.thing}`, { things: each.things, times: each.times })}</li>
          ))}
        </ul>
        {activity.attached.length > 0 && <h3>{t('activity.attached')}</h3>}
        <Bars of={activity.attached.map(each => ({ words: each.media_type, count: each.files }))} />
      </Kind>
      <Kind
        kind="devices"
        purpose="device_information"
        on={activity.on}
        isEmpty={activity.devices.length + activity.sites.length === 0}
      >
        <ul className={css.plain}>
          {activity.devices.map(each => (
            <li key={each.id}>
              {t('activity.device', {
                browser: each.browser,
                system: each.system,
                connection: each.connection,
                first: longDay(each.first_seen_on),
                last: longDay(each.last_seen_on),
              })}
            </li>
          ))}
        </ul>
        {activity.sites.length > 0 && <h3>{t('activity.sites')}</h3>}
        <Bars of={activity.sites.map(each => ({ words: each.site, count: each.times }))} />
      </Kind>
      <Kind kind="crashes" purpose="crash_reports" on={activity.on} isEmpty={activity.crashes.length === 0}>
        <ul className={css.plain}>
          {activity.crashes.map(each => (
            <li key={each.id}>
              <span>
                {each.kind}
                {each.message && `: ${each.message}`}
              </span>
              <small>{t(`activity.crash.${each.crashed_in}`, { when: dayAndTime(each.at), place: each.place })}</small>
            </li>
          ))}
        </ul>
      </Kind>
      <Kind kind="pseudonyms" purpose="log_linking" on={activity.on} isEmpty={activity.pseudonyms.length === 0}>
        <ul className={css.plain}>
          {activity.pseudonyms.map(each => (
            <li key={each.pseudonym}>
              <code>{each.pseudonym}</code>
              <small>{t('activity.pseudonym', { day: longDay(each.made_at) })}</small>
            </li>
          ))}
        </ul>
      </Kind>
    </>
  );
}

type KindProps = { kind: ActivityKind; purpose: Purpose; on: Purpose[]; isEmpty: boolean; children: ReactNode };

function Kind({ kind, purpose, on, isEmpty, children }: KindProps) {
  const client = useQueryClient();
  const reset = useMutation({
    mutationFn: () => answer(api.DELETE('/me/activity/{activity}', { params: { path: { activity: kind } } })),
    onSuccess: async () => {
      say(t('activity.was_reset'));
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.activity }),
        client.invalidateQueries({ queryKey: keys.searches }),
        client.invalidateQueries({ queryKey: keys.myData }),
      ]);
    },
  });
  const isOn = on.includes(purpose);
  return (
    <section className={privacy.section} aria-labelledby={`activity-${kind}`}>
      <div className={css.heading}>
        <h2 id={`activity-${kind}`}>{t(`activity.${kind}`)}</h2>
        {!isEmpty && (
          <Button
            size="small"
            busy={reset.isPending}
            aria-label={t('activity.reset_kind', { kind: t(`activity.${kind}`) })}
            onClick={() => reset.mutate()}
          >
            {t('activity.reset')}
          </Button>
        )}
      </div>
      {reset.isError && <Failure text={sentence(reset.error)} again={() => reset.mutate()} />}
      {isEmpty ? (
        <p>
          <Words
            of={isOn ? emptyButOn[kind] : 'activity.off'}
            parts={{ link: text => <Link to="/me/consents">{text}</Link> }}
            values={{ switch: t(`activity.switch.${purpose as SwitchedPurpose}`) }}
          />
        </p>
      ) : (
        children
      )}
    </section>
  );
}

type SwitchedPurpose =
  | 'search_history'
  | 'collaboration_graph'
  | 'usage_statistics'
  | 'device_information'
  | 'crash_reports'
  | 'log_linking';

const emptyButOn: Record<ActivityKind, WordKey> = {
  searches: 'activity.searches.empty',
  coworkers: 'activity.coworkers.empty',
  features: 'activity.features.empty',
  devices: 'activity.devices.empty',
  crashes: 'activity.crashes.empty',
  pseudonyms: 'activity.pseudonyms.empty',
};

/** What people typed keeps its own direction of writing. */
export function Bars({ of, isTyped = false }: { of: { words: string; count: number }[]; isTyped?: boolean }) {
  if (of.length === 0) return null;
  const most = Math.max(...of.map(each => each.count));
  return (
    <ul className={css.bars}>
      {of.map(each => (
        <li key={each.words}>
          <span className={css.words} dir={isTyped ? 'auto' : undefined}>
            {each.words}
          </span>
          <span className={css.track} aria-hidden>
            <span style={{ inlineSize: `${(each.count / most) * 100}%` }} />
          </span>
          <span className={css.count}>{each.count}</span>
        </li>
      ))}
    </ul>
  );
}
