/** What a browser fetches until a board shows, and how many bytes that is. */
import { brotliCompressSync, constants, gunzipSync, brotliDecompressSync } from 'node:zlib';

const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
const pack = bytes => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

/** All files that index.html names, and what those import at once: what is imported later is not needed for a board. */
function needed(path, text) {
  if (path === '/') return [...text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(found => found[1]);
  if (!path.endsWith('.js')) return [];
  const imports = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(found => `/assets/${found[1]}`);
  return imports;
}

/**
 * Bytes that were sent, and the bytes if all of it were compressed as well as can be; undefined if the program has no page.
 * `board` is the path of the board that shows.
 */
export async function firstVisit(server, board) {
  const headers = { 'accept-encoding': 'gzip, deflate, br' };
  const sum = { files: 0, sent: 0, smallest: 0, uncompressed: [] };
  const visited = new Set();
  const visit = async path => {
    if (visited.has(path)) return;
    visited.add(path);
    const answer = await server.ask('GET', path, { headers: { ...headers, authorization: path.startsWith('/api/') ? undefined : '' } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    const encoding = answer.headers['content-encoding'];
    const plain = encoding ? unpack[encoding](answer.body) : answer.body;
    const is_packed = path.endsWith('.woff2');
    sum.files += 1;
    sum.sent += answer.body.length;
    sum.smallest += is_packed ? plain.length : Math.min(plain.length, pack(plain).length);
    if (!encoding && !is_packed && plain.length > 1500) sum.uncompressed.push(path);
    for (const next of needed(path, plain.toString())) await visit(next);
  };
  const index = await server.ask('GET', '/');
  if (index.status === 503) return undefined;
  for (const path of ['/', '/api/v1/me', '/api/v1/workspaces', board]) await visit(path);
  return sum;
}
