import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence, type SensitiveRule } from '@/api';
import { t } from '@/i18n';
import { Bone, Bones, Failure, offerUndo } from '@/ui';
import css from './settings.module.css';

const rules: SensitiveRule[] = ['off', 'warn', 'block'];

/** What the workspace does when a text looks like it holds a card number, a national number or somebody's illness. */
export function SensitiveData({ workspace }: { workspace: string }) {
  const client = useQueryClient();
  const path = { workspace };
  const state = useQuery({
    queryKey: keys.sensitiveRule(workspace),
    queryFn: () => answer(api.GET('/workspaces/{workspace}/sensitive-data', { params: { path } })),
  });
  const change = useMutation({
    mutationFn: (rule: SensitiveRule) =>
      answer(api.PUT('/workspaces/{workspace}/sensitive-data', { params: { path }, body: { rule } })),
    onSuccess: now => client.setQueryData(keys.sensitiveRule(workspace), now),
  });
  const choose = (rule: SensitiveRule) => {
    const before = state.data?.rule;
    if (!before || rule === before) return;
    change.mutate(rule, { onSuccess: () => offerUndo(t('sensitive.changed'), () => change.mutate(before)) });
  };
  return (
    <section className={css.section} aria-labelledby="sensitive">
      <h2 id="sensitive">{t('sensitive.title')}</h2>
      <p>{t('sensitive.text')}</p>
      {state.isPending && (
        <Bones>
          <Bone width="100%" height={132} />
        </Bones>
      )}
      {state.isError && <Failure text={sentence(state.error)} again={() => void state.refetch()} />}
      {state.data && (
        <fieldset className={css.choices} disabled={change.isPending}>
          <legend className="only-read">{t('sensitive.title')}</legend>
          {rules.map(rule => (
            <div key={rule} className={css.choice}>
              <input
                id={`sensitive-${rule}`}
                type="radio"
                name="sensitive"
                aria-describedby={`sensitive-${rule}-means`}
                checked={state.data.rule === rule}
                onChange={() => choose(rule)}
              />
              <label htmlFor={`sensitive-${rule}`}>{t(`sensitive.rule.${rule}`)}</label>
              <small id={`sensitive-${rule}-means`}>{t(`sensitive.rule_means.${rule}`)}</small>
            </div>
          ))}
        </fieldset>
      )}
      {change.isError && <Failure text={sentence(change.error)} />}
      {state.data && state.data.kept_texts > 0 && <p>{t('sensitive.kept', { count: state.data.kept_texts })}</p>}
    </section>
  );
}
