import { describe, expect, it } from 'vitest';
import type { InclusionProof, LogHead, MyLogEntry } from '@/api';
import { checkEntry } from './proofs';

// Computed apart, by the definitions of RFC 9162: entry 4 of a log of 7.
const entry: MyLogEntry = {
  number: 4,
  kind: 'consent',
  at: '2026-11-24T09:30:00.123Z',
  commitment: 'd6d51c5c88869d1840aa64a7e85162d5a90e4b4da31bc93f0aa53ba009d35aea',
  leaf_hash: '95e8a9b4db63f6551e35bf3ae177e0ce7818046b3c122a8e2ea003b0dcfc5b35',
  salt: 's4lt',
  statement: '{"purpose":"crash_reports"}',
};
const root = '6efc67cecd508b05f09da3ae6ecc907581786251eca297befac35c884a2f2948';
const proof: InclusionProof = {
  index: 4,
  size: 7,
  leaf_hash: entry.leaf_hash,
  root,
  path: [
    '5fcdfb9773c28a972c9bfa1db0bf1d01e1e3cbdc90dd1413d9bde178c4985380',
    '2d56c29d1ef16c6536967650929e5d582acc5fa87946f19b7dbe96c23b0790b8',
    'fa6fafccf8f242f5b9526ff32239803526435de81112d6fdb83f89e371f46959',
  ],
};

const toBase64url = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function signedHead(changes: Partial<LogHead> = {}): Promise<{ head: LogHead; publicKey: string }> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const head = {
    size: 7,
    at: '2026-11-24T10:00:00.000Z',
    root,
    key_id: '',
    signature: '',
    signed_text: '',
    ...changes,
  };
  head.signed_text = `dialpine log head\n${head.size}\n${head.at}\n${head.root}`;
  const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(head.signed_text));
  head.signature = toBase64url(signature);
  return { head, publicKey: toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

describe('an entry of the log', () => {
  it('is right when everything leads to the signed root', async () => {
    const { head, publicKey } = await signedHead();
    expect(await checkEntry(entry, proof, head, publicKey)).toBe('right');
  });

  it.each([
    ['another statement', { ...entry, statement: '{"purpose":"product_mail"}' }],
    ['another salt', { ...entry, salt: 'salt' }],
    ['another time', { ...entry, at: '2026-11-24T09:30:00.124Z' }],
    ['another place', { ...entry, number: 3 }],
  ])('is wrong with %s', async (_, changed) => {
    const { head, publicKey } = await signedHead();
    expect(await checkEntry(changed, proof, head, publicKey)).toBe('wrong');
  });

  it('is wrong when the way to the root was changed, cut or lengthened', async () => {
    const { head, publicKey } = await signedHead();
    for (const path of [proof.path.slice(1), [...proof.path, root], proof.path.toReversed()])
      expect(await checkEntry(entry, { ...proof, path }, head, publicKey)).toBe('wrong');
  });

  it('is wrong when the head is of another root, or signed by another key, or says something else', async () => {
    const other = await signedHead({ root: entry.leaf_hash });
    expect(await checkEntry(entry, proof, other.head, other.publicKey)).toBe('wrong');
    const { head, publicKey } = await signedHead();
    expect(await checkEntry(entry, proof, head, other.publicKey)).toBe('wrong');
    expect(await checkEntry(entry, proof, { ...head, at: '2030-01-01T00:00:00.000Z' }, publicKey)).toBe('wrong');
  });
});
