import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, asProblem, keys, sentence, type Profile } from '@/api';
import { t, type WordKey } from '@/i18n';
import { Bone, Bones, Button, CheckField, Failure, say, TextArea, TextField, TryAgain } from '@/ui';
import css from './privacy.module.css';

type Field = Exclude<keyof Profile, 'shows_job_title' | 'shows_company'>;
type Draft = Partial<Profile>;
type FieldWords = { name: Field; label: WordKey; why: WordKey; autoComplete?: string };

const atWork: FieldWords[] = [
  { name: 'job_title', label: 'profile.job_title', why: 'profile.why_team', autoComplete: 'organization-title' },
  { name: 'company', label: 'profile.company', why: 'profile.why_team', autoComplete: 'organization' },
];
const reached: FieldWords[] = [
  { name: 'phone_number', label: 'profile.phone_number', why: 'profile.why_reach', autoComplete: 'tel' },
  { name: 'postal_address', label: 'profile.postal_address', why: 'profile.why_reach', autoComplete: 'off' },
  { name: 'postal_code', label: 'profile.postal_code', why: 'profile.why_reach', autoComplete: 'postal-code' },
];
const described: FieldWords[] = [
  { name: 'gender', label: 'profile.gender', why: 'profile.why_self', autoComplete: 'off' },
  { name: 'profession', label: 'profile.profession', why: 'profile.why_self', autoComplete: 'off' },
  { name: 'industry', label: 'profile.industry', why: 'profile.why_self', autoComplete: 'off' },
];

/** What nobody needs to fill in: each field says what it is for, and that it may stay empty. */
export function ProfileForm() {
  const profile = useQuery({ queryKey: keys.profile, queryFn: () => answer(api.GET('/me/profile')) });
  return (
    <section className={css.section} aria-labelledby="profile">
      <h2 id="profile">{t('profile.title')}</h2>
      <p>{t('profile.text')}</p>
      {profile.isPending && (
        <Bones>
          <Bone width="100%" height={120} />
        </Bones>
      )}
      {profile.isError && <TryAgain text={sentence(profile.error)} again={profile.refetch} />}
      {profile.data && <Fields profile={profile.data} />}
    </section>
  );
}

function Fields({ profile }: { profile: Profile }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>({});
  const save = useMutation({
    mutationFn: (body: Draft) => answer(api.PATCH('/me/profile', { body })),
    onSuccess: saved => {
      client.setQueryData(keys.profile, saved);
      setDraft({});
      say(t('profile.saved'));
      void client.invalidateQueries({ queryKey: keys.myData });
      void client.invalidateQueries({ predicate: query => query.queryKey[0] === 'workspace' });
    },
  });
  const problem = asProblem(save.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate(draft);
  };
  const put = (part: Draft) => setDraft(now => ({ ...now, ...part }));
  const field = ({ name, label, why, autoComplete }: FieldWords) => {
    const Control = name === 'postal_address' ? TextArea : TextField;
    return (
      <Control
        key={name}
        label={t(label)}
        why={t(why)}
        autoComplete={autoComplete}
        dir="auto"
        value={(draft[name] === undefined ? profile[name] : draft[name]) ?? ''}
        wrong={problem?.field(`/${name}`)}
        onChange={event => put({ [name]: event.target.value === '' ? null : event.target.value })}
      />
    );
  };
  const isAtField = [...atWork, ...reached, ...described].some(({ name }) => problem?.field(`/${name}`));
  return (
    <form className={css.form} onSubmit={submit}>
      {atWork.map(field)}
      <CheckField
        label={t('profile.shows_job_title')}
        checked={draft.shows_job_title ?? profile.shows_job_title}
        onChange={event => put({ shows_job_title: event.target.checked })}
      />
      <CheckField
        label={t('profile.shows_company')}
        checked={draft.shows_company ?? profile.shows_company}
        onChange={event => put({ shows_company: event.target.checked })}
      />
      {reached.map(field)}
      {described.map(field)}
      {save.isError && !isAtField && <Failure text={sentence(save.error)} />}
      <Button type="submit" busy={save.isPending} disabled={Object.keys(draft).length === 0}>
        {t('profile.save')}
      </Button>
    </form>
  );
}
