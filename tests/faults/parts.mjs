/** What `tests/faults/parts` runs. */
import { join } from 'node:path';
import { makeFolder, Server } from '../../bench/program.mjs';
import { doctorsFindings, violations } from './check.mjs';
import { errors, Faults } from './faults.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { Refused, Writer } from './writer.mjs';
import { wishFor } from './wish.mjs';

const help = `Usage: tests/faults/parts [--seed S]

One part of the data folder fails while the rest works, as if it lay on a disk of its own: the keys, the files on tasks, or the search index. What
needs the part is refused (503, Retry-After), tasks are written on. Once it works, all goes on by itself, and a search finds what was written meanwhile.

  --seed S  repeats the writes of a run before`;

const { seed } = wishFor(help, {});

const kinds = {
  'is full': { writeError: errors.ENOSPC },
  'fails to write': { writeError: errors.EIO },
  'fails to flush': { flushError: errors.EIO },
  'is read-only': { writeError: errors.EROFS, flushError: errors.EROFS },
};

/** What needs each part, answered with 201. A failed flush of the keys ends all trust in the disk, so tasks are refused for a moment too. */
const parts = {
  keys: { use: signUp, mayRefuseTasks: true },
  blobs: { use: attach },
  'search.db': {},
};

async function signUp(server, place, name) {
  const { version } = await server.json('GET', '/policy');
  const body = { name, email: `${name}@dialpine.example`, password: 'correct horse battery', birth_year: 1990, consent: { policy_version: version } };
  return server.ask('POST', '/api/v1/accounts', { body, headers: { authorization: '' } });
}

function attach(server, { workspace, task }, name) {
  const path = `/api/v1/workspaces/${workspace}/tasks/${task}/attachments?name=${name}.txt`;
  return server.ask('POST', path, { text: `${name} `.repeat(20_000), headers: { 'content-type': 'application/octet-stream' } });
}

function whatIsWrongWith(answer) {
  if (answer.status !== 503) return [`what needs the part was answered with ${answer.status}: ${answer.body}`];
  return Number(answer.headers['retry-after']) > 0 ? [] : ['a refusal has no Retry-After'];
}

async function writeTasks(writer, mayRefuse, wrong) {
  for (let i = 0; i < 10; ++i) {
    const write = writer.ledger.begin(writer.next());
    try {
      await writer.send(write);
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      writer.ledger.refuse(write);
      if (!mayRefuse || failure.answer.status !== 503) wrong.push(failure.message);
    }
  }
}

/** Milliseconds. */
const longestMending = 5000;

async function isDoneAgain(use, server, place, name) {
  const end = Date.now() + longestMending;
  for (let turn = 0; Date.now() < end; ++turn) {
    if ((await use(server, place, `${name}-${turn}`)).status === 201) return true;
    await new Promise(done => setTimeout(done, 50));
  }
  return false;
}

async function fail(part, kind, turn, { server, place, faults, ledger }) {
  const { use, mayRefuseTasks } = parts[part];
  const wrong = [];
  faults.takeFailed();
  faults.set(kinds[kind]);
  if (use) wrong.push(...whatIsWrongWith(await use(server, place, `refused-${turn}`)));
  await writeTasks(new Writer(server, place, ledger, seed * 100 + turn), mayRefuseTasks, wrong);
  await new Promise(done => setTimeout(done, 200)); // the search index follows
  if (faults.takeFailed() === 0) wrong.push('nothing failed: the fault does not reach the program');
  faults.end();
  if (use && !(await isDoneAgain(use, server, place, `done-${turn}`))) wrong.push('what needs the part is not done again once it works');
  ledger.takeUpRefused();
  await new Writer(server, place, ledger, seed).repeatOpen();
  return [...wrong, ...(await violations(server, place, ledger))];
}

async function look(part) {
  const folder = makeFolder();
  const data = join(folder, 'data');
  const faults = new Faults(folder, join(data, part), seed);
  const server = await Server.start(data, undefined, [], { env: faults.env });
  const place = await makePlace(server);
  const elsewhere = (await server.json('POST', `/workspaces/${place.workspace}/projects`, { name: 'Files' })).id;
  place.task = (await server.json('POST', `/workspaces/${place.workspace}/projects/${elsewhere}/tasks`, { title: 'With files' })).id;
  const run = { server, place, faults, ledger: new Ledger() };
  // A search index is never flushed by itself: it is made again where it is lost.
  const names = Object.keys(kinds).filter(kind => part !== 'search.db' || kind !== 'fails to flush');
  let failed = 0;
  for (const [turn, kind] of names.entries()) {
    if (!tell(`${part} ${kind}`, await fail(part, kind, turn, run))) ++failed;
  }
  const { code } = await server.end();
  const left = [...(code === 0 ? [] : [`the server ended with ${code}`]), ...(await doctorsFindings(data))];
  for (const sentence of left) console.log(`  ${sentence}`);
  return { passed: names.length - failed, failed: failed + (left.length ? 1 : 0) };
}

const sums = { passed: 0, failed: 0 };
for (const part of Object.keys(parts)) {
  const { passed, failed } = await look(part);
  sums.passed += passed;
  sums.failed += failed;
}
console.log(`${sums.passed} passed, ${sums.failed} failed, seed ${seed}`);
process.exit(sums.failed ? 1 : 0);
