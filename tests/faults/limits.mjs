/** What `tests/faults/limits` runs. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder, Server } from '../../bench/program.mjs';
import { comesTrue, doctorsFindings, violations } from './check.mjs';
import { Faults } from './faults.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { Refused, Writer } from './writer.mjs';
import { wishFor } from './wish.mjs';

const help = `Usage: tests/faults/limits [--seed S] [--files N]

The server runs against the machine's limits, and goes on when there is room again:
  files   with N open files allowed and more connections than that: those that are taken are served, writes too; the rest wait
  memory  with little memory: what does not fit is refused, nothing acknowledged is lost, and the process lives
  clock   set forward and back by hours and by a year while writers write: sessions, keys of idempotency, ids and numbers hold
  start   with a clock that is years off: the log says so, nothing is removed for its age, and all is there when it is right again

  --files N  (200)
  --seed S   repeats the writes of a run before`;

const { files, seed } = wishFor(help, { files: 200 });

/** Connections that say nothing. */
class Crowd {
  sockets = [];
  constructor(server, count) {
    const { hostname, port } = new URL(server.address);
    for (let i = 0; i < count; ++i) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      this.sockets.push(socket);
    }
  }
  leave() {
    for (const socket of this.sockets) socket.destroy();
  }
}

async function openFiles(wrong) {
  const data = join(makeFolder(), 'data');
  const server = await Server.start(data, undefined, [], { level: 'info', before: ['prlimit', `--nofile=${files}:${files}`] });
  const place = await makePlace(server);
  const ledger = new Ledger();
  const writer = new Writer(server, place, ledger, seed);
  server.agent.maxSockets = 1; // one connection, which is there before the crowd
  await writer.send(ledger.begin(writer.next()));
  const crowd = new Crowd(server, files * 2);
  if (!(await comesTrue(() => /New connections have to wait/.test(server.child.messages)))) wrong.push('the log does not say that connections wait');
  for (let i = 0; i < 20; ++i) await writer.send(ledger.begin(writer.next()));
  const file = await server.ask('POST', `/api/v1/workspaces/${place.workspace}/tasks/${writer.own[0].id}/attachments?name=a.txt`, {
    text: 'a file', headers: { 'content-type': 'application/octet-stream' },
  });
  if (file.status !== 201) wrong.push(`an upload answered ${file.status} while connections waited: ${file.body}`);
  crowd.leave();
  server.agent.destroy();
  wrong.push(...(await violations(server, place, ledger)));
  if (!/New connections are taken again/.test(server.child.messages)) wrong.push('the log does not say that connections are taken again');
  const { code } = await server.end();
  if (code !== 0) wrong.push(`the server ended with ${code}`);
  return `${files} files, ${files * 2} connections and a writer`;
}

/** Goes on when it is refused for want of memory, or cut off. */
async function writePatiently(writer, until, wrong) {
  while (!until.isOver) {
    const write = writer.ledger.begin(writer.next());
    try {
      await writer.send(write);
    } catch (failure) {
      if (failure instanceof Refused && failure.answer.status < 500) wrong.push(failure.message);
      await pause(10);
    }
  }
}

async function memory(wrong) {
  const data = join(makeFolder(), 'data');
  const probe = await Server.start(data);
  const place = await makePlace(probe);
  const least = probe.memory('VmPeak');
  await probe.end();
  const limit = least + 24 * 1024 * 1024;
  const server = await Server.start(data, undefined, [], { level: 'info', before: ['prlimit', `--as=${limit}:${limit}`] });
  server.token = probe.token;
  const ledger = new Ledger();
  const until = { isOver: false };
  const writers = Array.from({ length: 8 }, (_, i) => new Writer(server, place, ledger, seed * 100 + i));
  const writing = writers.map(writer => writePatiently(writer, until, wrong));
  const statuses = new Map();
  const count = status => statuses.set(status, (statuses.get(status) ?? 0) + 1);
  server.agent.maxSockets = 400;
  const body = { title: 'Large', description: 'x '.repeat(450_000) }; // too long to be taken: none of it stays
  for (let i = 0; i < 3; ++i) {
    const one = () => server.ask('POST', `/api/v1/workspaces/${place.workspace}/projects/${place.project}/tasks`, { body });
    await Promise.all(Array.from({ length: 300 }, () => one().then(answer => count(answer.status), () => count(0))));
  }
  if (!statuses.has(503) && !statuses.has(0)) wrong.push('there was memory enough: nothing was refused');
  until.isOver = true;
  await Promise.all(writing);
  if (server.child.exitCode !== null || server.child.signalCode) {
    wrong.push(`the server ended with ${server.child.signalCode ?? server.child.exitCode}: ${server.child.messages.slice(-500)}`);
    return 'memory';
  }
  await new Writer(server, place, ledger, seed).repeatOpen(); // there is memory again
  const { code } = await server.end();
  if (code !== 0) wrong.push(`the server ended with ${code}`);
  const again = await Server.start(data);
  again.token = server.token;
  wrong.push(...(await violations(again, place, ledger)));
  await again.end();
  wrong.push(...(await doctorsFindings(data)));
  return `${Math.round(limit / 1024 / 1024)} MB of addresses: ${ledger.acknowledged} writes acknowledged, large ones answered ${[...statuses].map(([status, times]) => `${status} (${times})`).join(', ')}`;
}

const hour = 3_600_000;

async function clock(wrong) {
  const folder = makeFolder();
  const data = join(folder, 'data');
  const faults = new Faults(folder, data, seed);
  const server = await Server.start(data, undefined, [], { env: faults.env });
  const place = await makePlace(server);
  const ledger = new Ledger();
  const writer = new Writer(server, place, ledger, seed);
  const root = `/workspaces/${place.workspace}`;
  const kept = { body: { title: 'Once' }, headers: { 'idempotency-key': 'kept-over-hours' } };
  const create = async () => JSON.parse((await server.ask('POST', `/api/v1${root}/projects/${place.project}/tasks`, kept)).body).id;
  const first = await create();
  await server.json('DELETE', `${root}/tasks/${first}`);
  const made = [];
  for (const by of [0, hour, -hour, 20 * hour, -20 * hour, 0]) {
    faults.set({ clockMs: by });
    for (let i = 0; i < 10; ++i) {
      writer.random(2); // another key for each
      const write = ledger.begin(writer.creation());
      await writer.send(write);
      made.push(write.id);
    }
    if ((await create()) !== first) wrong.push(`a repeated creation is made anew with the clock off by ${by / hour} hours`);
    const me = await server.ask('GET', '/api/v1/me');
    if (me.status !== 200) wrong.push(`the session answered ${me.status} with the clock off by ${by / hour} hours`);
    wrong.push(...(await violations(server, place, ledger)).map(what => `with the clock off by ${by / hour} hours, ${what}`));
  }
  if (new Set(made).size !== made.length) wrong.push('two tasks have one id');
  if (made.some((id, i) => i > 0 && id < made[i - 1])) wrong.push('ids do not grow when the clock is set back');
  // A year ahead all sessions are over; right again, they are as they were, since nothing was removed.
  faults.set({ clockMs: 366 * 24 * hour });
  const late = await server.ask('GET', '/api/v1/me');
  if (late.status !== 401 && late.status !== 200) wrong.push(`a year ahead, the session answered ${late.status}`);
  faults.set({ clockMs: 0 });
  if ((await server.ask('GET', '/api/v1/me')).status !== 200) wrong.push('the session is gone after the clock was a year ahead');
  wrong.push(...(await violations(server, place, ledger)));
  const { code } = await server.end();
  if (code !== 0) wrong.push(`the server ended with ${code}`);
  return `${made.length} tasks while the clock went from -20 to +20 hours, and a year ahead`;
}

/** A machine whose clock is wrong when it is switched on: years ahead, years behind, and then right. */
async function wrongStart(wrong) {
  const folder = makeFolder();
  const data = join(folder, 'data');
  const faults = new Faults(folder, data, seed);
  const ledger = new Ledger();
  let token = '';
  let place;
  const startAt = async clockMs => {
    faults.set({ clockMs });
    const server = await Server.start(data, undefined, [], { env: faults.env });
    server.token = token;
    return server;
  };
  const write = async (server, from) => {
    const writer = new Writer(server, place, ledger, seed * 10 + from);
    for (let i = 0; i < 10; ++i) await writer.send(ledger.begin(writer.next()));
  };
  const end = async (server, isOdd, when) => {
    const { code } = await server.end();
    if (code !== 0) wrong.push(`the server ended with ${code}, ${when}`);
    if (/clock is odd/.test(server.child.messages) !== isOdd) wrong.push(`the log says ${server.child.messages || 'nothing'}, ${when}`);
  };

  const first = await startAt(0);
  place = await makePlace(first);
  token = first.token;
  await write(first, 0);
  const { id } = await first.json('POST', `/workspaces/${place.workspace}/projects/${place.project}/tasks`, { title: 'In the trash' });
  await first.json('DELETE', `/workspaces/${place.workspace}/tasks/${id}`);
  await end(first, false, 'right from the start');

  const ahead = await startAt(4 * 366 * 24 * hour);
  if ((await ahead.ask('GET', '/healthz')).status !== 200) wrong.push('/healthz does not answer four years ahead');
  if ((await ahead.ask('GET', '/api/v1/me')).status !== 401) wrong.push('a session is valid four years ahead');
  await end(ahead, true, 'four years ahead');

  const behind = await startAt(-4 * 366 * 24 * hour);
  await write(behind, 1);
  await end(behind, true, 'four years behind');

  const right = await startAt(0);
  const trash = await right.json('GET', `/workspaces/${place.workspace}/trash`);
  if (!trash.items.some(item => item.id === id)) wrong.push('what lay in the trash is gone for a wrong clock');
  await write(right, 2);
  wrong.push(...(await violations(right, place, ledger)));
  await end(right, false, 'right again');
  wrong.push(...(await doctorsFindings(data)));
  return `${ledger.acknowledged} writes by a server that was started four years ahead and behind`;
}

let failed = 0;
const looks = { files: openFiles, memory, clock, start: wrongStart };
for (const [name, look] of Object.entries(looks)) {
  const wrong = [];
  const what = await look(wrong);
  if (!tell(`${name}: ${what}`, wrong)) ++failed;
}
console.log(`${Object.keys(looks).length - failed} passed, ${failed} failed, seed ${seed}`);
process.exit(failed ? 1 : 0);
