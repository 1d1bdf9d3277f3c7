// A server of its own for each journey: built program, empty data folder, free port. Ended and removed afterwards.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';

const program = process.env.DIALPINE_PROGRAM ?? join(root, 'build/release/dialpine');

/** Ends with the process; the promise is the address that the program printed. */
function spawnServer(folder, port, options) {
  const child = spawn(program, ['serve', '--data', folder, '--port', String(port), '--log-level', 'warn', ...options]);
  let said = '';
  const address = new Promise((found, failed) => {
    const read = chunk => {
      said += chunk;
      const match = /serves on (https?:\/\/\S+)/.exec(said);
      if (match) found(match[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', code => failed(new Error(`dialpine ended with ${code}: ${said}`)));
  });
  const ended = new Promise(done => child.once('exit', done));
  return { child, address, ended };
}

/** A port that nobody listens on. The server is told it, because its links name it. */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise(done => probe.once('listening', done));
  const { port } = probe.address();
  await new Promise(done => probe.close(done));
  return port;
}

export async function startServer({ options = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dialpine-browser-'));
  let running = spawnServer(folder, await freePort(), options);
  const url = await running.address;
  const stop = async () => {
    running.child.kill('SIGTERM');
    await running.ended;
  };
  return {
    url,
    folder,
    stop,
    /** Serves the same data at the same address again. */
    start: async () => {
      running = spawnServer(folder, new URL(url).port, options);
      await running.address;
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The files of a folder, however deep, in which one of the texts stands; upper and lower case are one. */
export async function filesHolding(folder, texts) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = (await readFile(path)).toString('latin1').toLowerCase();
    for (const text of texts) {
      const utf8 = Buffer.from(text.toLowerCase()).toString('latin1');
      const utf16 = Buffer.from(text.toLowerCase(), 'utf16le').toString('latin1');
      if (bytes.includes(utf8) || bytes.includes(utf16)) found.push(`${path}: ${text}`);
    }
  }
  return found;
}
