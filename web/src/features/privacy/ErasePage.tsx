import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Archive, KeyRound, MessageSquare, Scale, UserMinus, UserX } from 'lucide-react';
import { answer, api, asProblem, keys, sentence, type Hold, type Leaving, type Orphan } from '@/api';
import { longDay } from '@/base/dates';
import { useForgetPerson, useMe } from '@/features/accounts';
import { t, type WordKey } from '@/i18n';
import { Button, buttonClass, Failure, SelectField, TextField } from '@/ui';
import { holdsQuery } from './holds';
import css from './privacy.module.css';
import { WaitingErasure } from './WaitingErasure';

const steps = ['goes', 'stays', 'password'] as const;
type Step = (typeof steps)[number];
type Choice = Record<string, string>;
type Content = 'leave' | 'take';

const goes: [typeof UserX, WordKey][] = [
  [UserX, 'erase.goes.account'],
  [KeyRound, 'erase.goes.key'],
  [MessageSquare, 'erase.goes.texts'],
];
const stays: [typeof UserX, WordKey][] = [
  [UserMinus, 'erase.stays.tasks'],
  [Scale, 'erase.stays.log'],
  [Archive, 'erase.stays.backups'],
];

/** Three calm steps: what goes, what stays and why, the password. */
export function ErasePage() {
  const [step, setStep] = useState<Step>('goes');
  const [content, setContent] = useState<Content>('leave');
  const holds = useQuery(holdsQuery);
  const asked = holds.data?.erasure_asked_at;
  if (holds.data && asked)
    return (
      <>
        <header className={css.head}>
          <h1>{t('privacy.erase')}</h1>
        </header>
        <Held holds={holds.data.items} />
        <WaitingErasure asked={asked} onTakenBack={() => setStep('goes')} />
      </>
    );
  return (
    <>
      <header className={css.head}>
        <h1>{t('privacy.erase')}</h1>
        <ol className={css.steps}>
          {steps.map((one, index) => (
            <li key={one} aria-current={one === step ? 'step' : undefined}>
              <b>{index + 1}</b>
              {t(`erase.step.${one}`)}
            </li>
          ))}
        </ol>
      </header>
      {holds.data && holds.data.items.length > 0 && (
        <div className={css.held}>
          <Held holds={holds.data.items} />
          <p>{t('erase.held_what')}</p>
        </div>
      )}
      {step === 'goes' && (
        <>
          <Facts facts={goes} />
          <div className={css.acts}>
            <Link to="/me/export" className={buttonClass('plain')}>
              {t('erase.export_first')}
            </Link>
            <Button onClick={() => setStep('stays')}>{t('erase.next_stays')}</Button>
          </div>
        </>
      )}
      {step === 'stays' && (
        <>
          <Facts facts={stays} />
          <ContentChoice content={content} onChange={setContent} />
          <div className={css.acts}>
            <Button look="quiet" onClick={() => setStep('goes')}>
              {t('common.back')}
            </Button>
            <Button onClick={() => setStep('password')}>{t('erase.next_password')}</Button>
          </div>
        </>
      )}
      {step === 'password' && (
        <EraseForm content={content} isHeld={(holds.data?.items.length ?? 0) > 0} onBack={() => setStep('stays')} />
      )}
    </>
  );
}

function Held({ holds }: { holds: Hold[] }) {
  return holds.map(hold => (
    <p key={hold.id} dir="auto">
      {t('erase.held', { when: longDay(hold.expires_at), reason: hold.reason })}
    </p>
  ));
}

function Facts({ facts }: { facts: [typeof UserX, WordKey][] }) {
  return (
    <ul className={css.list}>
      {facts.map(([Icon, word]) => (
        <li key={word}>
          <Icon size={16} aria-hidden />
          {t(word)}
        </li>
      ))}
    </ul>
  );
}

const counted: Record<string, WordKey> = {
  tasks: 'erase.content_tasks',
  comments: 'erase.content_comments',
  attachments: 'erase.content_attachments',
};

function inWords(items: Leaving['items'], count: (item: Leaving['items'][number]) => number): string {
  const parts = items
    .filter(item => count(item) > 0)
    .map(item => t(counted[item.table] ?? 'erase.content_other', { count: count(item) }));
  return parts.length > 0 ? parts.join(', ') : t('erase.content_nothing');
}

/** What the person wrote for their teams stays, or goes: said in counts before it happens. */
function ContentChoice({ content, onChange }: { content: Content; onChange: (content: Content) => void }) {
  const leaving = useQuery({ queryKey: keys.leaving, queryFn: () => answer(api.GET('/me/leaving')) });
  return (
    <fieldset className={css.choice}>
      <legend>{t('erase.content')}</legend>
      {(['leave', 'take'] as const).map(one => (
        <label key={one}>
          <input type="radio" name="content" checked={content === one} onChange={() => onChange(one)} />
          {t(`erase.content_${one}`)}
        </label>
      ))}
      {leaving.isError && <Failure text={sentence(leaving.error)} again={() => void leaving.refetch()} />}
      {leaving.data && content === 'take' && (
        <p role="status">
          {t('erase.content_counts', {
            counts: inWords(leaving.data.items, item => item.goes),
            stays: inWords(leaving.data.items, item => item.stays),
          })}
        </p>
      )}
    </fieldset>
  );
}

/** What the person chose for each workspace: somebody's id, or `close`. */
function wishFrom(choices: Choice) {
  const entries = Object.entries(choices);
  return {
    successors: Object.fromEntries(entries.filter(([, chosen]) => chosen !== 'close')),
    close_workspaces: entries.filter(([, chosen]) => chosen === 'close').map(([workspace]) => workspace),
  };
}

function EraseForm({ content, isHeld, onBack }: { content: Content; isHeld: boolean; onBack: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const forget = useForgetPerson();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [owned, setOwned] = useState<Orphan[]>([]);
  const [choices, setChoices] = useState<Choice>({});
  const erase = useMutation({
    mutationFn: () => answer(api.DELETE('/me', { body: { password, content, ...wishFrom(choices) } })),
    onError: error => setOwned(asProblem(error)?.body.workspaces ?? []),
    onSuccess: async job => {
      if (job.state === 'queued') return client.invalidateQueries({ queryKey: keys.holds });
      await navigate({ to: '/erased/$erasure', params: { erasure: job.id }, replace: true });
      forget();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    erase.mutate();
  };
  const problem = asProblem(erase.error);
  const atField = problem?.field('/password');
  const isChoosing = owned.some(workspace => !choices[workspace.id]);
  return (
    <form className={css.form} onSubmit={submit}>
      {owned.map(workspace => (
        <SelectField
          key={workspace.id}
          label={t('erase.successor', { workspace: workspace.name })}
          why={t('erase.successor_why')}
          value={choices[workspace.id] ?? ''}
          onChange={event => setChoices({ ...choices, [workspace.id]: event.target.value })}
        >
          <option value="" disabled>
            {t('erase.choose')}
          </option>
          {workspace.members.map(member => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
          <option value="close">{t('erase.close')}</option>
        </SelectField>
      ))}
      <TextField
        label={t('account.password')}
        type="password"
        autoComplete="current-password"
        required
        why={t(isHeld ? 'erase.password_why_held' : 'erase.password_why', { email: me?.email ?? '' })}
        value={password}
        wrong={atField}
        onChange={event => setPassword(event.target.value)}
      />
      {erase.isError && !atField && <Failure text={sentence(erase.error)} />}
      <div className={css.acts}>
        <Button look="quiet" onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button type="submit" look="danger" busy={erase.isPending} disabled={password === '' || isChoosing}>
          {t('erase.act')}
        </Button>
      </div>
    </form>
  );
}
