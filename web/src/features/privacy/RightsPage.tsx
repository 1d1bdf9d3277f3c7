import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence, type Objection, type Restriction } from '@/api';
import { classes } from '@/base/classes';
import { longDay } from '@/base/dates';
import { confirmed, needsPassword } from '@/features/accounts';
import { t } from '@/i18n';
import { Bone, Bones, Button, Dialog, DialogFoot, Failure, Notice, TryAgain } from '@/ui';
import { ChangeObjections } from './ChangeObjections';
import css from './privacy.module.css';
import { objectionsQuery, restrictionQuery } from './queries';

/** Data kept but used for nothing, and an objection to each single use: consequences first. */
export function RightsPage() {
  return (
    <>
      <header className={css.head}>
        <h1>{t('rights.title')}</h1>
        <p>{t('rights.text')}</p>
      </header>
      <RestrictionSection />
      <ObjectionsSection />
      <ChangeObjections />
    </>
  );
}

function RestrictionSection() {
  const restriction = useQuery(restrictionQuery);
  return (
    <section className={css.section} aria-labelledby="restriction">
      <h2 id="restriction">{t('rights.restriction')}</h2>
      {restriction.isPending && (
        <Bones>
          <Bone width="100%" height={72} />
        </Bones>
      )}
      {restriction.isError && <TryAgain text={sentence(restriction.error)} again={restriction.refetch} />}
      {restriction.data && <RestrictionState restriction={restriction.data} />}
    </section>
  );
}

function RestrictionState({ restriction }: { restriction: Restriction }) {
  const [isAsking, setAsking] = useState(false);
  const set = useSetRestriction();
  const isRestricted = restriction.state === 'restricted';
  return (
    <>
      {isRestricted && (
        <Notice look="warning">{t('rights.restricted', { day: longDay(restriction.since ?? '') })}</Notice>
      )}
      <p>{restriction.means}</p>
      {/* Who would rather not give the password has not failed at anything. */}
      {set.isError && !needsPassword(set.error) && <Failure text={sentence(set.error)} />}
      <div className={css.acts}>
        {isRestricted ? (
          <Button look="primary" busy={set.isPending} onClick={() => set.mutate('none')}>
            {t('rights.lift')}
          </Button>
        ) : (
          <Button busy={set.isPending} onClick={() => setAsking(true)}>
            {t('rights.restrict')}
          </Button>
        )}
      </div>
      {isAsking && (
        <Dialog title={t('rights.restrict_title')} onClose={() => setAsking(false)}>
          <ul className={css.plain}>
            {(['team', 'assign', 'mail', 'stays', 'lift'] as const).map(one => (
              <li key={one}>{t(`rights.restrict_means.${one}`)}</li>
            ))}
          </ul>
          <DialogFoot>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              data-autofocus
              onClick={() => {
                setAsking(false);
                set.mutate('restricted');
              }}
            >
              {t('rights.restrict')}
            </Button>
          </DialogFoot>
        </Dialog>
      )}
    </>
  );
}

function useSetRestriction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (state: Restriction['state']) =>
      confirmed(() => answer(api.PUT('/me/restriction', { body: { state } }))),
    onSuccess: restriction => {
      client.setQueryData(keys.restriction, restriction);
      void client.invalidateQueries({ queryKey: keys.myLog });
      void client.invalidateQueries({ queryKey: keys.myData });
    },
  });
}

function ObjectionsSection() {
  const objections = useQuery(objectionsQuery);
  return (
    <section className={css.section} aria-labelledby="objections">
      <h2 id="objections">{t('rights.objections')}</h2>
      <p>{t('rights.objections_text')}</p>
      {objections.isPending && (
        <Bones>
          <div className={css.bones}>
            {[1, 2, 3, 4].map(row => (
              <Bone key={row} width="100%" height={56} />
            ))}
          </div>
        </Bones>
      )}
      {objections.isError && <TryAgain text={sentence(objections.error)} again={objections.refetch} />}
      <ul className={css.rows}>
        {objections.data?.items.map(objection => (
          <ObjectionRow key={objection.use} objection={objection} />
        ))}
      </ul>
    </section>
  );
}

function ObjectionRow({ objection }: { objection: Objection }) {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (objected: boolean) =>
      answer(api.PUT('/me/objections/{use}', { params: { path: { use: objection.use } }, body: { objected } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.myData });
      return client.invalidateQueries({ queryKey: keys.objections });
    },
  });
  const id = `objection-${objection.use}`;
  return (
    <li className={classes(css.row, css.purpose)}>
      <div className={css.words}>
        <strong id={id}>{objection.title}</strong>
        <span>{objection.consequence}</span>
        {objection.since && <em className={css.here}>{t('rights.objected', { day: longDay(objection.since) })}</em>}
      </div>
      <div className={css.answers} role="group" aria-labelledby={id}>
        {([false, true] as const).map(objected => (
          <button
            key={String(objected)}
            type="button"
            aria-pressed={objection.objected === objected}
            disabled={set.isPending}
            onClick={() => set.mutate(objected)}
          >
            {t(objected ? 'rights.object' : 'rights.allow')}
          </button>
        ))}
      </div>
      {set.isError && <Failure text={sentence(set.error)} />}
    </li>
  );
}
