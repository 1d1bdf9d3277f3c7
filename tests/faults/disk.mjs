/** What `tests/faults/disk` runs. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder, Server } from '../../bench/program.mjs';
import { doctorsFindings, violations } from './check.mjs';
import { Dice } from './dice.mjs';
import { errors, Faults } from './faults.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';
import { Refused, Writer } from './writer.mjs';

const help = `Usage: tests/faults/disk [--rounds N] [--seed S] [--writers N]

Each round: writers create, rename and remove tasks over HTTP, and the disk fails: it is full, the quota is used up, it is read-only, writes or
flushes fail, always or now and then. Whoever is refused must be told so (503, Retry-After, what to mend), reads go on, /healthz says it, and
once the disk works, writes go on by themselves, with nothing lost of what was answered and nothing there of what was refused. In half of
the rounds the power is cut too: what was not flushed, or failed to be, is lost from the files, and the server starts on what is left; or the
process is killed while flushes fail.

  --rounds N   how often the disk fails (16)
  --seed S     repeats the writes, the faults and the moments of a run before
  --writers N  how many write at once (12)`;

const { rounds, seed, writers } = wishFor(help, { rounds: 16, writers: 12 });

/** `says`: what the operator reads of it. Those that fail now and then may be over before anybody looks. */
const kinds = [
  { name: 'full disk', orders: { writeError: errors.ENOSPC }, says: /is full/ },
  { name: 'failing flushes', orders: { flushError: errors.EIO }, says: /disk .* fails/ },
  { name: 'used up quota', orders: { writeError: errors.EDQUOT }, says: /quota/ },
  { name: 'flushes that fail now and then', orders: { flushError: errors.EIO, oneIn: 3 } },
  { name: 'read-only disk', orders: { writeError: errors.EROFS, flushError: errors.EROFS }, says: /read-only/ },
  { name: 'failing writes', orders: { writeError: errors.EIO }, says: /disk .* fails/ },
  { name: 'writes that fail now and then', orders: { writeError: errors.EIO, oneIn: 7 } },
  { name: 'flushes without room', orders: { flushError: errors.ENOSPC }, says: /is full/ },
];

/** Milliseconds. */
const longestMending = 5000;

/** Goes on when it is refused. */
class PatientWriter extends Writer {
  isOver = false;

  async writeOn(wrong) {
    while (!this.isOver) {
      const write = this.ledger.begin(this.next());
      try {
        await this.send(write);
      } catch (failure) {
        if (!(failure instanceof Refused)) return; // the connection broke
        this.ledger.refuse(write);
        wrong.push(...whatIsWrongWith(failure.answer));
        await pause(20);
      }
    }
  }
}

function whatIsWrongWith(answer) {
  const wrong = [];
  if (answer.status !== 503) wrong.push(`a write was answered with ${answer.status}: ${answer.body}`);
  if (!(Number(answer.headers['retry-after']) > 0)) wrong.push('a refusal has no Retry-After');
  if (answer.headers['content-type'] !== 'application/problem+json' || !JSON.parse(answer.body).detail)
    wrong.push(`a refusal is no problem document: ${answer.body}`);
  return wrong;
}

const health = async server => JSON.parse((await server.ask('GET', '/healthz')).body);

/** While every write fails: reads go on, and it is said what is wrong. */
async function lookAround(server, { workspace, project }, ledger, kind) {
  const wrong = [];
  const known = [...ledger.tasks.values()].find(task => !task.isRemoved);
  const root = `/api/v1/workspaces/${workspace}`;
  const places = [`/projects/${project}/tasks?limit=${5 + (ledger.acknowledged % 90)}`, `/projects/${project}/board`];
  if (known) places.push(`/tasks/${known.id}`);
  for (const place of places) {
    const answer = await server.ask('GET', root + place);
    if (answer.status !== 200) wrong.push(`${place} answered ${answer.status} while writes failed: ${answer.body}`);
  }
  const { status, why } = await health(server);
  if (status !== 'degraded' || !kind.says.test(why)) wrong.push(`/healthz says ${status}, ${why}`);
  const refusal = await server.ask('POST', `${root}/projects/${project}/tasks`, { body: { title: 'Refused' } });
  wrong.push(...whatIsWrongWith(refusal));
  if (refusal.status === 503 && !kind.says.test(JSON.parse(refusal.body).detail)) wrong.push(`a refusal says ${refusal.body}`);
  return wrong;
}

/** Until writes are done again; gives milliseconds. */
async function untilMended(server) {
  const from = Date.now();
  while ((await health(server)).status !== 'ok') {
    if (Date.now() - from > longestMending) throw new Error('the server does not go on by itself');
    await pause(20);
  }
  return Date.now() - from;
}

class Run {
  folder = makeFolder();
  data = join(this.folder, 'data');
  faults = new Faults(this.folder, this.data, seed);
  ledger = new Ledger();
  failed = 0;

  async start() {
    const server = await Server.start(this.data, undefined, [], { env: this.faults.env, level: 'warn' });
    server.token = this.server?.token ?? '';
    this.server = server;
  }

  async cutPower(wrong) {
    this.faults.set({ isPowerCut: 1 });
    const { signal } = await this.server.child.ended;
    if (signal !== 'SIGKILL') wrong.push(`the server ended by itself, with ${signal}`);
    this.faults.end();
  }

  /** The fault, and what is seen of it. */
  async fail(kind, dice, wrong) {
    this.faults.takeFailed();
    this.faults.set(kind.orders);
    await pause(150 + dice.below(150));
    if (kind.says) wrong.push(...(await lookAround(this.server, this.place, this.ledger, kind)));
    if (this.faults.takeFailed() === 0) wrong.push('nothing failed: the fault does not reach the program');
  }

  async round(round) {
    const kind = kinds[(round - 1) % kinds.length];
    const wrong = [];
    const dice = new Dice(seed * 1000 + round * 100 + 99);
    const before = this.ledger.acknowledged;
    const all = Array.from({ length: writers }, (_, i) => new PatientWriter(this.server, this.place, this.ledger, seed * 1000 + round * 100 + i));
    const writing = all.map(writer => writer.writeOn(wrong));
    await pause(100 + dice.below(200));
    await this.fail(kind, dice, wrong);
    // Of two rounds with a fault, one sees a power cut: while it lasts, or a little after it.
    const turn = Math.floor((round - 1) / kinds.length);
    const isEnded = (round + turn) % 2 === 0;
    // Killed while no flush succeeds, it leaves in the log what it refused, whole: the next start must not take it for a commit.
    const isKilled = isEnded && kind.orders.flushError && !kind.orders.oneIn && turn % 2 === 0;
    const isCut = isEnded && !isKilled;
    let mending = '';
    if (!isEnded || (isCut && dice.below(2))) {
      this.faults.end();
      mending = `, mended in ${await untilMended(this.server)} ms`;
      await pause(100 + dice.below(200));
    }
    if (isCut) await this.cutPower(wrong);
    if (isKilled) await this.server.end('SIGKILL');
    this.faults.end();
    for (const writer of all) writer.isOver = true;
    await Promise.all(writing);
    const refused = this.ledger.refused.length;
    if (isEnded) {
      this.server.agent.destroy();
      await this.start();
    }
    // What was refused may have come to the disk before the power was cut, and is there then.
    if (!isCut) wrong.push(...(await violations(this.server, this.place, this.ledger)).map(what => `before anything is sent again, ${what}`));
    this.ledger.takeUpRefused();
    await new Writer(this.server, this.place, this.ledger, seed + round).repeatOpen();
    wrong.push(...(await violations(this.server, this.place, this.ledger)), ...(await doctorsFindings(this.data)));
    const what = `${kind.name}${isCut ? ', power cut' : ''}${isKilled ? ', killed' : ''}${mending}`;
    if (!tell(`round ${round}: ${what}; ${this.ledger.acknowledged - before} writes acknowledged, ${refused} refused`, wrong)) ++this.failed;
  }

  async all() {
    await this.start();
    this.place = await makePlace(this.server);
    for (let round = 1; round <= rounds; ++round)
      await this.round(round).catch(failure => {
        throw new Error(`round ${round}: ${failure.message}\nThe server said:\n${this.server.child.messages}`);
      });
    const { code } = await this.server.end();
    if (code !== 0) {
      ++this.failed;
      console.log(`The server ended with ${code} in the end.`);
    }
    console.log(`${this.ledger.acknowledged} acknowledged writes over ${rounds} faults, seed ${seed}`);
    console.log(`${rounds - Math.min(this.failed, rounds)} passed, ${this.failed} failed`);
    return this.failed ? 1 : 0;
  }
}

process.exit(await new Run().all());
