import type { ProofReport } from '@/api';
import { fromBase64url, isSignedBy } from '@/base/signatures';

export type ReportChecked = 'signed' | 'other_key' | 'wrong' | 'cannot' | 'unsigned';

/** The signed bytes are the report itself but for its signature; what is shown must be what was signed. */
function isWhatWasSigned(report: ProofReport, bytes: Uint8Array): boolean {
  try {
    const signed = JSON.parse(new TextDecoder().decode(bytes)) as ProofReport;
    const shown = { ...report, signature: null };
    return JSON.stringify({ ...signed, signature: null }) === JSON.stringify(shown);
  } catch {
    return false;
  }
}

/** Checks a report in the browser, against the keys that this instance is known by. */
export async function checkReport(report: ProofReport, publicKeys: string[]): Promise<ReportChecked> {
  if (!report.signature) return 'unsigned';
  const { payload, signature, public_key } = report.signature;
  const bytes = fromBase64url(payload);
  if (!isWhatWasSigned(report, bytes)) return 'wrong';
  const isSigned = await isSignedBy(public_key, signature, bytes);
  if (isSigned === undefined) return 'cannot';
  if (!isSigned) return 'wrong';
  return publicKeys.includes(public_key) ? 'signed' : 'other_key';
}
