import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, keys, sentence } from '@/api';
import { longDay } from '@/base/dates';
import { t } from '@/i18n';
import { Button, Failure } from '@/ui';
import css from './privacy.module.css';

/** An erasure that was asked for and waits: what that means, and the way back. */
export function WaitingErasure({ asked, onTakenBack }: { asked: string; onTakenBack?: () => void }) {
  const client = useQueryClient();
  const takeBack = useMutation({
    mutationFn: () => answer(api.DELETE('/me/erasure')),
    onSuccess: () => {
      onTakenBack?.();
      return client.invalidateQueries({ queryKey: keys.holds });
    },
  });
  return (
    <section className={css.held} role="status">
      <p>{t('erase.waits', { asked: longDay(asked) })}</p>
      {takeBack.isError && <Failure text={sentence(takeBack.error)} />}
      <Button busy={takeBack.isPending} onClick={() => takeBack.mutate()}>
        {t('erase.take_back')}
      </Button>
    </section>
  );
}
