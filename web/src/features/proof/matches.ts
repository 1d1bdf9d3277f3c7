import type { Proof, ProofState } from '@/api';

const plain = (text: string) => text.toLowerCase();

/** Every word of the search stands somewhere in the promise; `P7` alone finds that promise and not P70. */
export function matches(promise: Proof, wanted: string, state: ProofState | undefined): boolean {
  if (state !== undefined && promise.state !== state) return false;
  const words = plain(wanted).split(/\s+/).filter(Boolean);
  const text = plain([promise.says, promise.why, ...promise.keeps, ...promise.tests.map(test => test.name)].join(' '));
  return words.every(word => (/^p\d+$/.test(word) ? plain(promise.id) === word : text.includes(word)));
}
