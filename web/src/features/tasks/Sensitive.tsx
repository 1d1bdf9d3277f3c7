import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { answer, api, asProblem, keys, sentence } from '@/api';
import { t } from '@/i18n';
import { Button, Failure, Notice } from '@/ui';
import css from './Sensitive.module.css';

const pause = 500; // milliseconds without a key
const least = 6; // characters; shorter texts hold nothing of the kind

/** The text once nobody has typed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** While somebody types: what looks sensitive is said before it is saved. The server looks and keeps nothing. */
export function SensitiveWarning({ workspace, text }: { workspace: string; text: string }) {
  const rested = useRested(text.trim());
  const check = useQuery({
    queryKey: keys.sensitive(workspace, rested),
    queryFn: () =>
      answer(
        api.POST('/workspaces/{workspace}/sensitive-checks', {
          params: { path: { workspace } },
          body: { text: rested },
        }),
      ),
    enabled: rested.length >= least,
    gcTime: 0, // what was typed is not kept in the page either
    retry: false,
  });
  const found = rested.length >= least && text.trim() !== '' ? (check.data?.found ?? []) : [];
  return (
    <div role="status" className={css.place}>
      {found.length > 0 && (
        <Notice look="warning" icon={<TriangleAlert size={16} aria-hidden />}>
          {t(check.data?.rule === 'block' ? 'sensitive.blocked' : 'sensitive.found', { what: found.join(', ') })}
        </Notice>
      )}
    </div>
  );
}

type SaveFailureProps = { error: unknown; again?: () => void; keep: () => void };

/** Why something written was not saved. What looks sensitive is kept by one deliberate act, where it may be kept. */
export function SaveFailure({ error, again, keep }: SaveFailureProps) {
  const problem = asProblem(error);
  if (problem?.kind !== 'sensitive-data') return <Failure text={sentence(error)} again={again} />;
  const rule = (problem.body as { rule?: string }).rule;
  if (rule === 'block') return <Failure text={sentence(error)} />;
  return (
    <div role="alert">
      <Notice look="warning" icon={<TriangleAlert size={16} aria-hidden />}>
        <div className={css.refused}>
          <span>{t('sensitive.refused', { why: problem.body.errors?.[0]?.detail ?? '' })}</span>
          <Button size="small" onClick={keep}>
            {t('sensitive.keep')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
