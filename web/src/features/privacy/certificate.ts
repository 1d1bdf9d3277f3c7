export type ErasedTable = { table: string; rule: 'erased' | 'unlinked' | 'kept'; rows: number; why: string };
export type Certificate = {
  erased_at: string;
  person: string;
  sealed_key_destroyed: boolean;
  tables: ErasedTable[];
  sessions_ended: number;
  workspaces_closed: number;
  recipients_told?: string[]; // absent in certificates of earlier versions
  workspaces_closing: number;
};

/** The report of an erasure is free-form in the contract of jobs; here it is told apart from everything else. */
export function isCertificate(report: Record<string, unknown> | null): report is Certificate & Record<string, unknown> {
  return typeof report?.erased_at === 'string' && Array.isArray(report.tables);
}
