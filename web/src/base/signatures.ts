/** Signatures and hashes that the browser checks itself, in the forms in which the server writes them. */

export const bytesOf = (text: string) => new TextEncoder().encode(text);

export const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));

/** Whether Ed25519 holds; absent where the browser does not know it, or knows it over a secure connection only. */
export async function isSignedBy(
  publicKey: string,
  signature: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean | undefined> {
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, fromBase64url(signature), bytes);
  } catch {
    return undefined;
  }
}

export type KnownKey = { key_id: string; public_key: string };

/** The keys that this instance signs with, from their well-known place. */
export async function knownKeys(): Promise<KnownKey[]> {
  const file = await fetch('/.well-known/dialpine-keys.json');
  return ((await file.json()) as { keys: KnownKey[] }).keys;
}
