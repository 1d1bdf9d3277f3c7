import { useState } from 'react';
import { Plus, X } from 'lucide-react';
import { sentence, type ChecklistItem, type Task } from '@/api';
import { t } from '@/i18n';
import { Failure, IconButton, Progress } from '@/ui';
import { AddLine } from './AddLine';
import css from './Checklists.module.css';
import panel from './TaskPanel.module.css';
import { SaveFailure, SensitiveWarning } from './Sensitive';
import { useChecklist } from './useChecklist';

/** Items in the order given, under the name of their list. */
export function byList(items: ChecklistItem[]): [string, ChecklistItem[]][] {
  const lists = new Map<string, ChecklistItem[]>();
  for (const item of items) lists.set(item.list, [...(lists.get(item.list) ?? []), item]);
  return [...lists];
}

export function Checklists({ task, canEdit }: { task: Task; canEdit: boolean }) {
  const [isStarting, setStarting] = useState(false);
  const lists = byList(task.checklist);
  if (lists.length === 0 && !isStarting) {
    return (
      canEdit && (
        <button type="button" className={css.start} onClick={() => setStarting(true)}>
          <Plus size={14} aria-hidden />
          {t('checklist.start')}
        </button>
      )
    );
  }
  const shown: [string, ChecklistItem[]][] = lists.length > 0 ? lists : [['', []]];
  return shown.map(([name, items]) => <Checklist key={name} task={task} name={name} items={items} canEdit={canEdit} />);
}

type ChecklistProps = { task: Task; name: string; items: ChecklistItem[]; canEdit: boolean };

function Checklist({ task, name, items, canEdit }: ChecklistProps) {
  const { add } = useChecklist(task);
  const done = items.filter(item => item.done).length;
  const title = name || t('checklist.title');
  return (
    <section className={panel.section} aria-label={title}>
      <div className={panel.heading}>
        <h3 dir="auto">{title}</h3>
        <span className={panel.count}>{t('checklist.count', { done, total: items.length })}</span>
      </div>
      {items.length > 0 && <Progress value={done / items.length} label={t('checklist.progress', { name: title })} />}
      <ul className={css.items}>
        {items.map(item => (
          <ChecklistRow key={item.id} task={task} item={item} canEdit={canEdit} />
        ))}
      </ul>
      {canEdit && (
        <AddLine
          label={t('checklist.add')}
          workspace={task.workspace_id}
          onAdd={(text, keep_sensitive) => add.mutateAsync({ text, keep_sensitive, ...(name ? { list: name } : {}) })}
          isOpenAtFirst={items.length === 0}
        />
      )}
    </section>
  );
}

function ChecklistRow({ task, item, canEdit }: { task: Task; item: ChecklistItem; canEdit: boolean }) {
  const { change, remove } = useChecklist(task);
  const [draft, setDraft] = useState<string | null>(null);
  const save = (keep_sensitive?: true) => {
    const text = draft?.trim();
    if (text && text !== item.text)
      change.mutate({ item, part: { text, keep_sensitive } }, { onSuccess: () => setDraft(null) });
    else leave();
  };
  const leave = () => {
    change.reset();
    setDraft(null);
  };
  return (
    <li className={css.item}>
      <input
        type="checkbox"
        aria-label={item.text}
        disabled={!canEdit}
        checked={item.done}
        onChange={event => change.mutate({ item, part: { done: event.target.checked } })}
      />
      <textarea
        className={css.text}
        data-done={item.done}
        aria-label={t('checklist.text')}
        rows={1}
        dir="auto"
        readOnly={!canEdit}
        value={draft ?? item.text}
        onChange={event => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={() => save()}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            event.preventDefault();
            event.currentTarget.blur();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            leave();
          }
        }}
      />
      {canEdit && (
        <IconButton
          tiny
          label={t('checklist.remove', { text: item.text })}
          className={css.remove}
          onClick={() => remove.mutate(item)}
        >
          <X size={14} />
        </IconButton>
      )}
      {remove.isError && <Failure text={sentence(remove.error)} />}
      {change.isError ? (
        <SaveFailure error={change.error} again={() => change.mutate(change.variables)} keep={() => save(true)} />
      ) : (
        draft !== null && draft !== item.text && <SensitiveWarning workspace={task.workspace_id} text={draft} />
      )}
    </li>
  );
}
