type Skipped = { what: string; why: string; count: number };
export type MoveReport = {
  workspace_id: string;
  people: number;
  tables: { table: string; rows: number }[];
  skipped: Skipped[];
};
export type PersonMoveReport = {
  name_taken: boolean;
  consents: number;
  project_id: string | null;
  tasks: number;
  comments: number;
  skipped: Skipped[];
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isMoveReport(value: unknown): value is MoveReport {
  return isObject(value) && typeof value.workspace_id === 'string' && Array.isArray(value.tables);
}

export function isPersonMoveReport(value: unknown): value is PersonMoveReport {
  return isObject(value) && typeof value.tasks === 'number' && typeof value.consents === 'number';
}

/** Tables that a person knows by what they see of them. */
const shown = ['projects', 'tasks', 'comments', 'labels', 'teams'] as const;
type Shown = (typeof shown)[number];

export function countsOf(report: MoveReport): [Shown, number][] {
  return shown
    .map((name): [Shown, number] => [name, report.tables.find(table => table.table === name)?.rows ?? 0])
    .filter(([, count]) => count > 0);
}
