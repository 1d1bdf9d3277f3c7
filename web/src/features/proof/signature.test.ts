import { expect, test } from 'vitest';
import type { ProofReport } from '@/api';
import { checkReport } from './signature';

const base64url = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(new Uint8Array(bytes)).toString('base64url');

const bare: ProofReport = {
  commit: 'abc',
  program: '0.1.0',
  made_at: '2026-11-25T08:00:00.000Z',
  promises: [
    { id: 'P1', state: 'proved', says: 'an account', tests: [], why: 'Its tests passed.', policy: 'P1', keeps: [] },
  ],
  signature: null,
};

async function signed() {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const bytes = new TextEncoder().encode(JSON.stringify(bare));
  const signature = {
    payload: base64url(bytes),
    signature: base64url(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes)),
    public_key: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)),
  };
  return { ...bare, signature };
}

test('a report that this instance signed is right', async () => {
  const report = await signed();
  expect(await checkReport(report, [report.signature.public_key])).toBe('signed');
});

test('a report with another word than was signed is wrong', async () => {
  const report = await signed();
  const promises = report.promises.map(promise => ({ ...promise, why: 'Believe me.' }));
  expect(await checkReport({ ...report, promises }, [report.signature.public_key])).toBe('wrong');
});

test('a changed signature is wrong, a foreign key is said to be foreign, no signature is none', async () => {
  const report = await signed();
  const other = await signed();
  const forged = { ...report, signature: { ...report.signature, signature: other.signature.signature } };
  expect(await checkReport(forged, [report.signature.public_key])).toBe('wrong');
  expect(await checkReport(report, [other.signature.public_key])).toBe('other_key');
  expect(await checkReport(bare, [])).toBe('unsigned');
});
