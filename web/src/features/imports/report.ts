export const counted = [
  'projects',
  'statuses',
  'tasks',
  'comments',
  'checklist_items',
  'labels',
  'people',
  'attachments',
] as const;
export type Counts = Record<(typeof counted)[number], number>;
export type ImportReport = {
  project_id: string;
  created: Counts;
  updated: Counts;
  skipped: { what: string; why: string; count: number }[];
  sensitive_texts?: number;
};

export function isImportReport(
  report: Record<string, unknown> | null,
): report is ImportReport & Record<string, unknown> {
  return typeof report?.project_id === 'string' && typeof report.created === 'object';
}

/** Only what there is of, in a fixed order. */
export function present(counts: Partial<Counts> | undefined): [(typeof counted)[number], number][] {
  return counted.flatMap(what => {
    const count = counts?.[what] ?? 0;
    return count > 0 ? [[what, count] as [(typeof counted)[number], number]] : [];
  });
}
