import { useState, type ClipboardEvent } from 'react';
import { newIdempotencyKey, SaveFailure, SensitiveWarning, useCreateTask, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { Button } from '@/ui';
import { pastedTitles } from './pasted';
import css from './QuickAdd.module.css';

type Failed = { title: string; idempotencyKey: string; keep_sensitive?: true; problem: unknown };

/** A card to type in. Enter saves and opens the next; several pasted lines become several cards, after a question. */
export function QuickAdd({ place, status, onClose }: { place: Place; status: string; onClose: () => void }) {
  const create = useCreateTask(place);
  const [title, setTitle] = useState('');
  const [pasted, setPasted] = useState<string[] | null>(null);
  const [failed, setFailed] = useState<Failed[]>([]);

  const send = async (wish: Omit<Failed, 'problem'>) => {
    try {
      await create.mutateAsync({ ...wish, status_id: status });
    } catch (problem) {
      setFailed(now => [...now, { ...wish, problem }]);
    }
  };
  const add = () => {
    if (title.trim() === '') return onClose();
    void send({ title: title.trim(), idempotencyKey: newIdempotencyKey() });
    setTitle('');
  };
  const addAll = async (titles: string[]) => {
    setPasted(null);
    setTitle('');
    for (const one of titles) await send({ title: one, idempotencyKey: newIdempotencyKey() });
  };
  const retry = (wish: Failed, keep_sensitive?: true) => {
    setFailed(now => now.filter(one => one !== wish));
    const { title: again, idempotencyKey } = wish;
    void send({ title: again, idempotencyKey, keep_sensitive });
  };
  const paste = (event: ClipboardEvent) => {
    const titles = pastedTitles(event.clipboardData.getData('text'));
    if (titles.length < 2) return;
    event.preventDefault();
    setPasted(titles);
  };
  return (
    <div className={css.add}>
      {failed.map(wish => (
        <div key={wish.idempotencyKey} className={css.failed}>
          <span dir="auto">{wish.title}</span>
          <SaveFailure error={wish.problem} again={() => retry(wish)} keep={() => retry(wish, true)} />
        </div>
      ))}
      <textarea
        className={css.field}
        aria-label={t('board.new_title')}
        placeholder={t('board.new_title')}
        dir="auto"
        rows={2}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by the plus
        autoFocus
        value={title}
        onChange={event => setTitle(event.target.value.replaceAll('\n', ' '))}
        onPaste={paste}
        onBlur={() => title.trim() === '' && failed.length === 0 && pasted === null && onClose()}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            add();
          }
          if (event.key === 'Escape') onClose();
        }}
      />
      <SensitiveWarning workspace={place.workspace} text={title} />
      {pasted && (
        <div className={css.question} role="group">
          <p>{t('board.pasted', { count: pasted.length })}</p>
          <Button size="small" look="primary" onClick={() => void addAll(pasted)}>
            {t('board.pasted_many', { count: pasted.length })}
          </Button>
          <Button
            size="small"
            onClick={() => {
              setTitle(now => `${now} ${pasted.join(' ')}`.trim());
              setPasted(null);
            }}
          >
            {t('board.pasted_one')}
          </Button>
        </div>
      )}
    </div>
  );
}
