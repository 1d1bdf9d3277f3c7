/** What `tests/faults/stop` runs. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeBoard } from '../../bench/boards.mjs';
import { makeFolder, Server } from '../../bench/program.mjs';
import { allTasks, doctorsFindings, violations } from './check.mjs';
import { Dice } from './dice.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';
import { Writer } from './writer.mjs';

const help = `Usage: tests/faults/stop [--rounds N] [--seed S] [--writers N]

Each round: while writers write, a board is imported and a body comes slowly, the server is told to end (SIGTERM) at a random moment. It takes
nobody new, ends with 0 within 6 seconds, and after the next start every answered write is there once and the import says that it was cut off.
Every third round kills it (SIGKILL) instead. In the end another import of the same board brings all of it, and nothing twice.

  --rounds N   how often it is ended (4)
  --seed S     repeats the writes and the moments of a run before
  --writers N  how many write at once (12)`;

const { rounds, seed, writers } = wishFor(help, { rounds: 4, writers: 12 });

/** Milliseconds. What runs has five seconds; the rest is for this machine. */
const longestEnd = 6000;

/** A board that takes longer to bring in than any round lasts. */
const cards = 12_000;
const board = Buffer.from(makeBoard(1, cards));

async function beginImport(server, { workspace }) {
  const answer = await server.ask('POST', `/api/v1/workspaces/${workspace}/imports?source=trello`, { text: board });
  if (answer.status !== 202) throw new Error(`The import answered ${answer.status}: ${answer.body}`);
  return answer.headers.location;
}

async function importEnds(server, location, patience = 60_000) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(100)) {
    const job = JSON.parse((await server.ask('GET', location)).body);
    if (job.state === 'done' || job.state === 'failed') return job;
  }
  throw new Error('An import does not end.');
}

/** Somebody who sends headers, and then a byte now and then. */
function sendSlowly(server, { workspace, project }) {
  const { hostname, port } = new URL(server.address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`POST /api/v1/workspaces/${workspace}/projects/${project}/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\n`);
  socket.write('Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
  const timer = setInterval(() => socket.write(' '), 300);
  socket.on('close', () => clearInterval(timer));
}

const isRefused = server =>
  new Promise(done => {
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname, () => (socket.destroy(), done(false)));
    socket.on('error', () => done(true));
  });

class Run {
  data = join(makeFolder(), 'data');
  ledger = new Ledger();
  longest = 0;

  async start() {
    const { token } = this.server ?? {};
    this.server = await Server.start(this.data);
    this.server.token = token ?? '';
  }

  async round(round) {
    const { place, ledger, server } = this;
    const wrong = [];
    const before = ledger.acknowledged;
    const writing = Array.from({ length: writers }, (_, i) => new Writer(server, place, ledger, seed * 1000 + round * 100 + i).writeOn());
    sendSlowly(server, place);
    const job = await beginImport(server, this.elsewhere);
    await pause(200 + new Dice(seed * 1000 + round * 100 + 99).below(800));
    let how = 'killed';
    if (round % 3 === 0) await server.end('SIGKILL');
    else how = `ended in ${await this.endKindly(wrong)} ms`;
    server.agent.destroy();
    await Promise.all(writing);
    const cut = ledger.open.length;
    await this.start();
    await new Writer(this.server, place, ledger, seed + round).repeatOpen();
    const { state } = await importEnds(this.server, job);
    if (state !== 'failed') wrong.push(`the import that was cut off is ${state}`);
    wrong.push(...(await violations(this.server, place, ledger)), ...(await doctorsFindings(this.data)));
    return tell(`round ${round}: ${how}; ${ledger.acknowledged - before} writes acknowledged, ${cut} cut off`, wrong);
  }

  /** Gives milliseconds. */
  async endKindly(wrong) {
    const { server } = this;
    const from = Date.now();
    server.child.kill('SIGTERM');
    const soon = pause(300).then(() => isRefused(server));
    const { code, signal } = await server.child.ended;
    const took = Date.now() - from;
    this.longest = Math.max(this.longest, took);
    if (code !== 0) wrong.push(`it ended with ${signal ?? code}: ${server.child.messages}`);
    if (took > longestEnd) wrong.push(`it took ${took} ms to end`);
    if (!(await soon)) wrong.push('somebody new was taken');
    return took;
  }

  /** The board that was cut off again and again comes whole, once. */
  async finishImport() {
    const { state } = await importEnds(this.server, await beginImport(this.server, this.elsewhere));
    const { workspace } = this.elsewhere;
    const { items: projects } = await this.server.json('GET', `/workspaces/${workspace}/projects`);
    const tasks = projects.length === 1 ? await allTasks(this.server, { workspace, project: projects[0].id }) : [];
    console.log(`import: ${state}; ${projects.length} projects, ${tasks.length} tasks`);
    return state === 'done' && tasks.length === cards;
  }

  async all() {
    await this.start();
    this.place = await makePlace(this.server);
    this.elsewhere = { workspace: (await this.server.json('POST', '/workspaces', { name: 'Imported' })).id };
    let failed = 0;
    for (let round = 1; round <= rounds; ++round) failed += (await this.round(round)) ? 0 : 1;
    if (!(await this.finishImport())) ++failed;
    const { code } = await this.server.end();
    if (code !== 0) ++failed;
    console.log(`${this.ledger.acknowledged} acknowledged writes, ended in at most ${this.longest} ms, seed ${seed}`);
    console.log(`${rounds - Math.min(failed, rounds)} passed, ${failed} failed`);
    return failed ? 1 : 0;
  }
}

process.exit(await new Run().all());
