import { sentence, type Board, type Card, type TaskChange } from '@/api';
import { AssigneesField, DueField, PriorityField, StatusField } from '@/features/tasks';
import { t } from '@/i18n';
import { Failure, Label } from '@/ui';
import css from './ListView.module.css';

type RowProps = {
  card: Card;
  board: Board;
  href: string;
  canEdit: boolean;
  isChosen: boolean;
  problem: Error | null;
  onChoose: (isChosen: boolean) => void;
  onOpen: () => void;
  onChange: (change: TaskChange) => void;
};

export function ListRow({ card, board, href, canEdit, isChosen, problem, onChoose, onOpen, onChange }: RowProps) {
  const labels = board.labels.filter(label => card.label_ids?.includes(label.id));
  const fields = { board, task: card, isCompact: true, onChange };
  return (
    <li className={css.row} data-chosen={isChosen}>
      {canEdit && (
        <label className={css.choose}>
          <input
            type="checkbox"
            aria-label={t('list.choose', { title: card.title })}
            checked={isChosen}
            onChange={event => onChoose(event.target.checked)}
          />
        </label>
      )}
      <span className={css.key}>
        {board.project.key}-{card.number}
      </span>
      <a
        href={href}
        data-card={card.id}
        className={css.title}
        dir="auto"
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          onOpen();
        }}
      >
        {card.title}
      </a>
      <span className={css.labels}>
        {labels.slice(0, 3).map(label => (
          <Label key={label.id} name={label.name} color={label.color} />
        ))}
      </span>
      <fieldset className={css.fields} disabled={!canEdit}>
        <legend className="only-read">{card.title}</legend>
        <span className={css.priority}>
          <PriorityField {...fields} />
        </span>
        <span className={css.due}>
          <DueField {...fields} />
        </span>
        <span className={css.people}>
          <AssigneesField {...fields} />
        </span>
        <span className={css.status}>
          <StatusField {...fields} />
        </span>
      </fieldset>
      {problem && <Failure text={sentence(problem)} />}
    </li>
  );
}
