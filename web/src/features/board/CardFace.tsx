import { Link2, ListChecks, MessageSquare, Paperclip } from 'lucide-react';
import type { BoardLabel, Card } from '@/api';
import { DueDate, PriorityIcon } from '@/features/tasks';
import { t } from '@/i18n';
import { Avatars, Label, type Somebody } from '@/ui';
import css from './BoardCard.module.css';

export type Lookup = { key: string; labels: Map<string, BoardLabel>; people: Map<string, Somebody> };

function found<T>(ids: readonly string[] | undefined, among: Map<string, T>): T[] {
  return (ids ?? []).flatMap(id => among.get(id) ?? []);
}

export function CardFace({ card, lookup, isDone }: { card: Card; lookup: Lookup; isDone: boolean }) {
  const labels = found(card.label_ids, lookup.labels);
  const people = found(card.assignee_ids, lookup.people);
  const [done, total] = card.checklist ?? [];
  return (
    <>
      {card.cover && <span className={css.cover} data-color={card.cover} />}
      <span className={css.title} dir="auto">
        {card.title}
      </span>
      {labels.length > 0 && (
        <span className={css.labels}>
          {labels.map(label => (
            <Label key={label.id} name={label.name} color={label.color} />
          ))}
        </span>
      )}
      <span className={css.meta}>
        <span className={css.key}>
          {lookup.key}-{card.number}
        </span>
        {card.priority && card.priority !== 'none' && (
          <span className={css.fact} title={t(`priority.${card.priority}`)}>
            <PriorityIcon priority={card.priority} size={13} />
            <span className="only-read">{t(`priority.${card.priority}`)}</span>
          </span>
        )}
        {card.due_at && <DueDate due={card.due_at} isDone={isDone || Boolean(card.completed_at)} />}
        {total !== undefined && done !== undefined && (
          <span className={css.fact} data-full={done === total}>
            <ListChecks size={13} aria-hidden />
            <span className="only-read">{t('checklist.title')}</span>
            {done}/{total}
          </span>
        )}
        {Boolean(card.comments) && (
          <span className={css.fact}>
            <MessageSquare size={12} aria-hidden />
            <span className="only-read">{t('comment.title')}</span>
            {card.comments}
          </span>
        )}
        {Boolean(card.attachments) && (
          <span className={css.fact}>
            <Paperclip size={12} aria-hidden />
            <span className="only-read">{t('attachment.title')}</span>
            {card.attachments}
          </span>
        )}
        {Boolean(card.links) && (
          <span className={css.fact}>
            <Link2 size={13} aria-hidden />
            <span className="only-read">{t('links.title')}</span>
            {card.links}
          </span>
        )}
        {people.length > 0 && (
          <span className={css.people}>
            <Avatars people={people} />
          </span>
        )}
      </span>
    </>
  );
}
