/** What `tests/faults/damage` runs. */
import { closeSync, cpSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder, program, Server, start } from '../../bench/program.mjs';
import { comesTrue } from './check.mjs';
import { Dice } from './dice.mjs';
import { fillPlace, lookAround, makePlace, placesOf } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';

const help = `Usage: tests/faults/damage [--rounds N] [--seed S]

Each round damages one file of a stopped server's folder: bytes are flipped, a page is torn, the end is cut off. \`dialpine doctor\` must find it and
name the file, if anything is answered differently for it. The server refuses to start and says why, or serves: what is damaged ends one request
each (500), all else is answered as before, and the process ends with 0. A damaged search.db is made again from the tables.

At last a file is cut short under the running server, as by another program, and must end requests only.

A byte that is flipped in a text which is not sealed makes another text, which nobody can tell from the one before: those are counted.

  --rounds N   how often something is damaged (24)
  --seed S     repeats the damages of a run before`;

const { rounds, seed } = wishFor(help, { rounds: 24 });

const pageBytes = 4096;
/** A folder as a server leaves it, with something in every file. */
async function prepare(data) {
  const server = await Server.start(data);
  const place = await makePlace(server);
  const tasks = await fillPlace(server, place, seed);
  const seen = await lookAround(server, await placesOf(server, place, tasks));
  await server.end();
  return { place, token: server.token, seen };
}

const kinds = {
  flip(file, size, dice) {
    for (let count = 1 + dice.below(4); count > 0; --count) {
      const at = dice.below(size);
      const byte = Buffer.alloc(1);
      readSync(file, byte, 0, 1, at);
      byte[0] ^= 1 << dice.below(8);
      writeSync(file, byte, 0, 1, at);
    }
  },
  tear(file, size, dice) {
    const page = dice.below(Math.ceil(size / pageBytes));
    const half = dice.below(2) * (pageBytes / 2);
    const bytes = dice.below(2) ? Buffer.alloc(pageBytes - half) : dice.bytes(pageBytes - half);
    writeSync(file, bytes.subarray(0, Math.max(1, Math.min(bytes.length, size - page * pageBytes - half))), 0, undefined, page * pageBytes + half);
  },
  cut(file, size, dice) {
    ftruncateSync(file, dice.below(size));
  },
};

function damage(data, name, kind, dice) {
  const file = openSync(join(data, name), 'r+');
  kinds[kind](file, fstatSync(file).size, dice);
  closeSync(file);
}

function blobsOf(data) {
  return readdirSync(join(data, 'blobs'), { recursive: true }).filter(name => basename(name).length === 36).map(name => join('blobs', name));
}

async function doctorSays(data) {
  const child = start(program, ['--data', data, 'doctor']);
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (out += piece));
  const { code, signal } = await child.ended;
  return { isWell: code === 0, signal, out };
}

const bySearch = address => address.includes('/search?');

/** Once the index is made again; while it is made, a search may find less. */
function searchComesBack(server, seen) {
  return comesTrue(async () => {
    const again = await lookAround(server, [...seen.keys()].filter(bySearch));
    return [...again].every(([address, answer]) => answer === seen.get(address));
  });
}

class Run {
  folder = makeFolder();
  unseen = 0;
  refused = 0;
  ended = 0;

  async round(round, { place, token, seen }, clean) {
    const dice = new Dice(`${seed} ${round}`);
    const data = join(this.folder, 'damaged');
    rmSync(data, { recursive: true, force: true });
    cpSync(clean, data, { recursive: true, filter: from => basename(from) !== 'control.sock' });
    const blobs = blobsOf(data);
    const names = ['dialpine.db', 'keys/keys.db', 'search.db', 'dialpine.db', blobs[dice.below(blobs.length)], 'keys/replay.db'];
    const name = names[(round - 1) % names.length];
    const kind = Object.keys(kinds)[dice.below(3)];
    damage(data, name, kind, dice);
    const doctor = await doctorSays(data);
    const wrong = [];
    if (doctor.signal) wrong.push(`doctor ended with ${doctor.signal}`);
    if (!doctor.isWell && !doctor.out.includes(basename(name))) wrong.push(`doctor does not name the file: ${doctor.out}`);
    const outcome = await this.serve(data, name, { place, token, seen }, wrong);
    if (doctor.isWell && outcome.isSeen) {
      if (kind === 'flip' && outcome.isText) ++this.unseen;
      else wrong.push(`doctor does not find it: ${outcome.what}`);
    }
    return tell(`round ${round}: ${kind} in ${name}; ${outcome.what}; doctor ${doctor.isWell ? 'finds nothing' : 'finds it'}`, wrong);
  }

  /** `isSeen`: something is not as before; `isText`: no error, but another answer. */
  async serve(data, name, { place, token, seen }, wrong) {
    let server;
    try {
      server = await Server.start(data, undefined, [], { level: 'warn' });
    } catch (failure) {
      ++this.refused;
      if (!/ended with 1:/.test(failure.message)) wrong.push(failure.message);
      if (name === 'search.db' || name.startsWith('blobs/')) wrong.push(`the start is refused for ${name}: ${failure.message}`);
      return { isSeen: true, what: `no start: ${failure.message.split('\n').at(-2) ?? failure.message}` };
    }
    server.token = token;
    const now = await lookAround(server, seen.keys());
    const others = [...seen].filter(([address, before]) => now.get(address) !== before).map(([address]) => address);
    const errors = others.filter(address => now.get(address) === 500);
    const odd = others.filter(address => typeof now.get(address) === 'number' && ![0, 500, 404].includes(now.get(address)) && !bySearch(address));
    for (const address of odd) if (now.get(address) !== 401) wrong.push(`${address} answered ${now.get(address)}`);
    this.ended += errors.length;
    if (name === 'search.db') {
      if (!(await searchComesBack(server, seen))) wrong.push('the search does not find again what it found');
      if (others.some(address => !bySearch(address))) wrong.push(`a damaged search.db changes ${others}`);
      if (others.length && !/search index/.test(server.child.messages)) wrong.push('the log does not say that the search index was damaged');
    }
    if (errors.length && !/"level":"error"/.test(server.child.messages)) wrong.push('the log says nothing');
    const { status } = await server.ask('POST', `/api/v1/workspaces/${place.workspace}/projects/${place.project}/tasks`, { body: { title: 'Written after it' } });
    if (![201, 401, 404, 500].includes(status)) wrong.push(`a write answered ${status}`);
    if ((await server.ask('GET', '/healthz')).status !== 200) wrong.push('/healthz does not answer');
    const { code, signal } = await server.end();
    if (code !== 0) wrong.push(`the server ended with ${signal ?? code}: ${server.child.messages}`);
    const isText = others.length > 0 && others.every(address => typeof now.get(address) === 'string');
    return { isSeen: others.length > 0 && name !== 'search.db', isText, what: `${others.length} of ${seen.size} answers changed, ${errors.length} to 500` };
  }

  /** Half of a file goes while the server has it open. */
  async cutUnderServer(name, { place, token, seen }, clean) {
    const data = join(this.folder, 'cut');
    rmSync(data, { recursive: true, force: true });
    cpSync(clean, data, { recursive: true, filter: from => basename(from) !== 'control.sock' });
    const server = await Server.start(data, undefined, [], { level: 'warn' });
    server.token = token;
    const file = openSync(join(data, name), 'r+');
    ftruncateSync(file, Math.floor(fstatSync(file).size / 2 / pageBytes) * pageBytes);
    closeSync(file);
    const wrong = [];
    const now = await lookAround(server, seen.keys());
    const others = [...seen].filter(([address, before]) => now.get(address) !== before).map(([address]) => address);
    const odd = others.filter(address => ![401, 500, 503].includes(now.get(address)) && !(name === 'search.db' && bySearch(address)));
    if (odd.length) wrong.push(`answers are others: ${odd}`);
    if (name === 'search.db' && !(await searchComesBack(server, seen))) wrong.push('the search does not find again what it found');
    const { status } = await server.ask('POST', `/api/v1/workspaces/${place.workspace}/projects/${place.project}/tasks`, { body: { title: 'Written after it' } });
    if (![201, 401, 500, 503].includes(status)) wrong.push(`a write answered ${status}`);
    if ((await server.ask('GET', '/healthz')).status !== 200) wrong.push('/healthz does not answer');
    const { code, signal } = await server.end();
    if (code !== 0) wrong.push(`the server ended with ${signal ?? code}: ${server.child.messages}`);
    if (others.length && name !== 'search.db' && (await doctorSays(data)).isWell) wrong.push('doctor does not find it');
    return tell(`${name} cut short under the server: ${others.length} of ${seen.size} answers changed`, wrong);
  }

  async all() {
    const clean = join(this.folder, 'clean');
    const before = await prepare(clean);
    let failed = 0;
    for (let round = 1; round <= rounds; ++round) failed += (await this.round(round, before, clean)) ? 0 : 1;
    const underServer = ['dialpine.db', 'keys/keys.db', 'search.db'];
    for (const name of underServer) failed += (await this.cutUnderServer(name, before, clean)) ? 0 : 1;
    console.log(`${this.refused} starts refused, ${this.ended} requests ended by damage, ${this.unseen} flips that only changed a text, seed ${seed}`);
    console.log(`${rounds + underServer.length - failed} passed, ${failed} failed`);
    return failed ? 1 : 0;
  }
}

process.exit(await new Run().all());
