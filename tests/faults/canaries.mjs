/** Words that nobody else writes: one for each place, so that what is found says where it came from. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export class Canaries {
  words = new Map();

  /** A new word for this place: letters and digits only, so that it is the same in JSON, in a URL and in an index. */
  at(place) {
    const word = `zq${randomBytes(10).toString('hex')}`;
    this.words.set(word, place);
    return word;
  }

  /** The places whose words stand in these bytes. */
  in(bytes) {
    const found = new Set();
    for (let at = bytes.indexOf('zq'); at >= 0; at = bytes.indexOf('zq', at + 1)) {
      const place = this.words.get(bytes.toString('latin1', at, at + 22));
      if (place) found.add(place);
    }
    return found;
  }
}

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

/** `place: file` for each word in a file of the folder, or in a file's name. */
export function foundInFolder(canaries, folder) {
  const found = [];
  for (const path of filesIn(folder)) {
    for (const place of canaries.in(readFileSync(path))) found.push(`${place}: ${relative(folder, path)}`);
    for (const place of canaries.in(Buffer.from(path))) found.push(`${place}: the name of ${relative(folder, path)}`);
  }
  return found;
}

/** The places whose words stand in the memory of a process; undefined where this user may not read it. */
export function foundInMemory(canaries, pid) {
  let maps, memory;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
    memory = openSync(`/proc/${pid}/mem`, 'r');
  } catch {
    return undefined;
  }
  const found = new Map();
  const most = 8 << 20;
  const overlap = 32;
  const piece = Buffer.alloc(most + overlap);
  try {
    for (const line of maps.split('\n')) {
      const [, from, to, what] = /^(\w+)-(\w+) rw.. \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
      if (!from) continue;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += most) {
        let count = 0;
        try {
          count = readSync(memory, piece, 0, Math.min(piece.length, end - at), at);
        } catch {
          continue; // a guard page, or gone since
        }
        for (const place of canaries.in(piece.subarray(0, count))) found.set(place, what || 'heap or stack');
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found].map(([place, where]) => `${place}: ${where}`);
}
