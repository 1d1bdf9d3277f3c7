export { AddLine } from './AddLine';
export { cardOf, changed, columnOf, moved, placeOf, withCard, withoutCard, type Move } from './boardChanges';
export { DueField } from './DayField';
export { DueDate } from './DueDate';
export {
  AssigneesField,
  isPriority,
  LabelsField,
  priorities,
  PriorityField,
  statusChoices,
  StatusField,
} from './fields';
export { PriorityIcon, StatusIcon } from './icons';
export { SaveFailure, SensitiveWarning } from './Sensitive';
export { boardQuery, taskQuery, useBoard, useTaskCaches, type Place } from './queries';
export { useChangeTask } from './useChangeTask';
export { useChangeTasks } from './useChangeTasks';
export { newIdempotencyKey, useCreateTask } from './useCreateTask';
export { useRestoreTask } from './useDeleteTask';
export { useChangeLabel, useCreateLabel, useDeleteLabel } from './useLabels';
