import type { Board, Task } from '@/api';
import { sentence } from '@/api';
import { t, type WordKey } from '@/i18n';
import { Failure, Kbd } from '@/ui';
import { DueField, StartField } from './DayField';
import { EstimateField } from './EstimateField';
import { AssigneesField, LabelsField, PriorityField, StatusField } from './fields';
import css from './TaskProperties.module.css';
import { useChangeTask } from './useChangeTask';
import { useCreateLabel } from './useLabels';

const rows = [
  { word: 'task.status', keys: 's', Field: StatusField },
  { word: 'task.assignees', keys: 'a', Field: AssigneesField },
  { word: 'task.labels', keys: 'l', Field: LabelsField },
  { word: 'task.priority', keys: 'p', Field: PriorityField },
  { word: 'task.due', keys: 'd', Field: DueField },
  { word: 'task.start', keys: undefined, Field: StartField },
  { word: 'task.estimate', keys: undefined, Field: EstimateField },
] as const satisfies { word: WordKey; keys: string | undefined; Field: unknown }[];

/** One line for each property; a failure stands at the property it belongs to. */
export function TaskProperties({ board, task, canEdit }: { board: Board; task: Task; canEdit: boolean }) {
  return (
    <fieldset className={css.fields} disabled={!canEdit}>
      <dl className={css.rows}>
        {rows.map(row => (
          <PropertyRow key={row.word} row={row} board={board} task={task} canEdit={canEdit} />
        ))}
        {task.fields.map((field, index) => (
          <div key={`${field.name} ${index}`} className={css.row}>
            <dt dir="auto">{field.name}</dt>
            <dd className={css.plain} dir="auto">
              {field.value}
            </dd>
          </div>
        ))}
      </dl>
    </fieldset>
  );
}

type RowProps = { row: (typeof rows)[number]; board: Board; task: Task; canEdit: boolean };

function PropertyRow({ row, board, task, canEdit }: RowProps) {
  const place = { workspace: task.workspace_id, project: task.project_id };
  const change = useChangeTask(place);
  const createLabel = useCreateLabel(place);
  const { word, Field } = row;
  const keys = canEdit ? row.keys : undefined;
  const addLabel = (name: string) =>
    createLabel.mutate(
      { name, color: 'gray' },
      { onSuccess: label => change.mutate({ task: task.id, change: { label_ids: [...task.label_ids, label.id] } }) },
    );
  return (
    <div className={css.row}>
      <dt>
        {t(word)}
        {keys && <Kbd>{keys}</Kbd>}
      </dt>
      <dd>
        <Field
          board={board}
          task={task}
          keys={keys}
          onChange={wish => change.mutate({ task: task.id, change: wish })}
          {...(word === 'task.labels' ? { onCreate: addLabel } : {})}
        />
        {change.isError && <Failure text={sentence(change.error)} again={() => change.mutate(change.variables)} />}
      </dd>
    </div>
  );
}
