import { useMemo, useState } from 'react';
import type { Board, Card, TaskChange } from '@/api';
import { StatusIcon, PriorityIcon, isPriority, useChangeTask, type Place } from '@/features/tasks';
import { t } from '@/i18n';
import { Avatar, Empty, SelectField } from '@/ui';
import { BulkBar } from './BulkBar';
import { ListRow } from './ListRow';
import css from './ListView.module.css';
import { grouped, groupings, orders, type Grouping, type Order } from './sorting';

type ListProps = {
  place: Place;
  board: Board;
  cards: Card[];
  canEdit: boolean;
  hrefOf: (card: Card) => string;
  onOpen: (card: Card) => void;
};

export function ListView({ place, board, cards, canEdit, hrefOf, onOpen }: ListProps) {
  const [grouping, setGrouping] = useState<Grouping>('status');
  const [order, setOrder] = useState<Order>('position');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useChangeTask(place);
  const groups = useMemo(() => grouped(board, cards, grouping, order), [board, cards, grouping, order]);
  const ids = cards.filter(card => chosen.has(card.id)).map(card => card.id);
  const choose = (id: string, isChosen: boolean) =>
    setChosen(now => {
      const next = new Set(now);
      if (isChosen) next.add(id);
      else next.delete(id);
      return next;
    });
  const problemOf = (id: string) => (change.isError && change.variables.task === id ? change.error : null);
  return (
    <div className={css.view} data-grouping={grouping}>
      <div className={css.tools}>
        <SelectField
          label={t('list.group')}
          value={grouping}
          onChange={event => setGrouping(groupings.find(one => one === event.target.value) ?? 'status')}
        >
          {groupings.map(one => (
            <option key={one} value={one}>
              {t(`list.group.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('list.order')}
          value={order}
          onChange={event => setOrder(orders.find(one => one === event.target.value) ?? 'position')}
        >
          {orders.map(one => (
            <option key={one} value={one}>
              {t(`list.order.${one}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {groups.length === 0 && <Empty title={t('list.empty')} text={t('list.empty_text')} />}
      {groups.map(group => (
        <section key={group.id} className={css.group} aria-labelledby={`list-${group.id}`}>
          <h2 id={`list-${group.id}`} className={css.heading}>
            <GroupName board={board} grouping={grouping} id={group.id} />
            <span>{group.cards.length}</span>
          </h2>
          <ul>
            {group.cards.map(card => (
              <ListRow
                key={card.id}
                card={card}
                board={board}
                href={hrefOf(card)}
                canEdit={canEdit}
                isChosen={chosen.has(card.id)}
                problem={problemOf(card.id)}
                onChoose={isChosen => choose(card.id, isChosen)}
                onOpen={() => onOpen(card)}
                onChange={(wish: TaskChange) => change.mutate({ task: card.id, change: wish })}
              />
            ))}
          </ul>
        </section>
      ))}
      {ids.length > 0 && canEdit && (
        <BulkBar place={place} board={board} ids={ids} onClear={() => setChosen(new Set())} />
      )}
    </div>
  );
}

function GroupName({ board, grouping, id }: { board: Board; grouping: Grouping; id: string }) {
  const status = board.statuses.find(one => one.id === id);
  const person = board.people.find(one => one.id === id);
  if (grouping === 'status' && status) {
    return (
      <>
        <StatusIcon group={status.group} color={status.color} /> {status.name}
      </>
    );
  }
  if (grouping === 'assignee') {
    return person ? (
      <>
        <Avatar person={person} /> {person.name}
      </>
    ) : (
      t('task.nobody')
    );
  }
  if (grouping === 'priority' && isPriority(id)) {
    return (
      <>
        <PriorityIcon priority={id} /> {t(`priority.${id}`)}
      </>
    );
  }
  return t('list.all');
}
