import type { InclusionProof, LogHead, MyLogEntry } from '@/api';
import { bytesOf, isSignedBy } from '@/base/signatures';

/** RFC 9162 in the browser: nothing here is taken from the server but what is to be checked. */

export type Checked = 'right' | 'right-unsigned' | 'wrong';

const toHex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** The root to which a path leads from a leaf, or nothing when the path has not the right length. */
async function rootOf(leaf: Uint8Array, index: number, size: number, path: string[]): Promise<string | undefined> {
  if (index >= size) return undefined;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const step of path) {
    if (last === 0) return undefined;
    const sibling = fromHex(step);
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else hash = await nodeHash(hash, sibling);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? toHex(hash) : undefined;
}

/** What the signature of a head must be over. */
const textOf = (head: LogHead) => `dialpine log head\n${head.size}\n${head.at}\n${head.root}`;

/** Whether the entry is what was logged: statement → commitment → leaf → root → signature. */
export async function checkEntry(
  entry: MyLogEntry,
  proof: InclusionProof,
  head: LogHead,
  publicKey: string,
): Promise<Checked> {
  const commitment = toHex(await sha256(bytesOf(entry.salt + entry.statement)));
  const leaf = await sha256(Uint8Array.of(0), bytesOf(`${entry.number}\n${entry.kind}\n${entry.at}\n${commitment}`));
  const root = await rootOf(leaf, entry.number, head.size, proof.path);
  if (root === undefined || root !== head.root || head.signed_text !== textOf(head)) return 'wrong';
  const signed = await isSignedBy(publicKey, head.signature, bytesOf(head.signed_text));
  if (signed === undefined) return 'right-unsigned';
  return signed ? 'right' : 'wrong';
}
