/**
 * How figures grow with the database: the same loads at 10,000, 100,000 and 1,000,000 tasks. `node bench/growth.mjs [--most N] [--seconds S]`
 * (1,000,000; 2); needs wrk and the release build. What a load costs is counted in the server's processor time for each answer, medians
 * of five. The servers of all sizes take turns, so that a machine that slows down for a minute does so for all; the first row knows nothing of tasks. The
 * goal is that a point read, a create and a board of fixed size cost at most 1.3 times what they cost at 10,000.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBoard } from './boards.mjs';
import { answersPerSecond, median, milliseconds, tasksToMove } from './load.mjs';
import { makeFolder, program, run, Server } from './program.mjs';

const { values: wish } = parseArgs({ options: { most: { type: 'string' }, seconds: { type: 'string' } } });
const sizes = [10_000, 100_000, 1_000_000].filter(size => size <= Number(wish.most ?? 1_000_000));
const seconds = Number(wish.seconds ?? 2);
const turns = 5;
const say = text => process.stderr.write(`${text}\n`);

/** Processor seconds of the server so far. */
function processorTime(server) {
  const fields = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Microseconds of processor for each answer. */
async function cost(server, url, options) {
  const before = processorTime(server);
  const rate = await answersPerSecond(url, { seconds, headers: { Authorization: `Bearer ${server.token}` }, ...options });
  await new Promise(done => setTimeout(done, 300)); // the search index follows
  return ((processorTime(server) - before) / (rate * seconds)) * 1e6;
}

/** Until the server has nothing left to do, such as indexing. */
async function untilIdle(server) {
  for (let last = -1; processorTime(server) - last > 0.02; ) {
    last = processorTime(server);
    await new Promise(done => setTimeout(done, 1000));
  }
}

/** A server with so many tasks: a board of 1,000 that stays, boards of 10,000, and a project to write to. */
async function fill(tasks) {
  say(`Filling ${tasks} tasks`);
  const data = join(makeFolder(), 'data');
  const server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
  const written = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Written' })).id;
  const file = join(data, '..', 'board.json');
  let number = 0;
  const bring = async cards => {
    writeFileSync(file, makeBoard(++number, cards, { team: 1 }));
    await run(program, ['--data', data, 'import', 'trello', file, '--workspace', workspace]);
  };
  await bring(1_000);
  const fixed = (await server.json('GET', `/workspaces/${workspace}/projects`)).items.find(each => each.task_count === 1_000).id;
  const moved = await tasksToMove(server, workspace, fixed, join(data, '..'));
  const took = await milliseconds(async () => {
    for (let made = 0; made < tasks; made += 10_000) await bring(10_000);
  });
  say(`  in ${(took / 1000).toFixed(1)} s; memory ${(server.memory('VmRSS') / 1e6).toFixed(0)} MB, at most ${(server.memory('VmHWM') / 1e6).toFixed(0)} MB`);
  await untilIdle(server);
  const { items } = await server.json('GET', `/workspaces/${workspace}/projects/${fixed}/tasks?limit=1`);
  return { server, workspace, written, fixed, moved, task: items[0].id, root: `${server.address}/api/v1/workspaces/${workspace}` };
}

async function searching({ server, workspace }) {
  const took = [];
  for (let i = 0; i < 100; ++i)
    took.push(await milliseconds(() => server.json('GET', `/workspaces/${workspace}/search?q=${['paint', 'bicycle', 'kalo'][i % 3]}`)));
  return median(took) * 1000;
}

const gzip = ({ server }) => ({ headers: { Authorization: `Bearer ${server.token}`, 'Accept-Encoding': 'gzip' } });

async function unchanged({ server, root, fixed }) {
  const url = `${root}/projects/${fixed}/board`;
  const { headers } = await server.ask('GET', new URL(url).pathname, { headers: { 'accept-encoding': 'gzip' } });
  return cost(server, url, { headers: { Authorization: `Bearer ${server.token}`, 'If-None-Match': headers.etag } });
}

/** Microseconds from one answer to the next, which is of the machine too. */
async function readingBesideWriters({ server, root, task, written }) {
  const headers = { Authorization: `Bearer ${server.token}` };
  const writing = answersPerSecond(`${root}/projects/${written}/tasks`, { seconds: seconds + 1, connections: 64, send: ['create'], headers });
  const rate = await answersPerSecond(`${root}/tasks/${task}`, { seconds, headers });
  await writing;
  return 1e6 / rate;
}

const loads = {
  '`/healthz`': ({ server }) => cost(server, `${server.address}/healthz`),
  'read one task': ({ server, root, task }) => cost(server, `${root}/tasks/${task}`),
  'board of 1,000 tasks': place => cost(place.server, `${place.root}/projects/${place.fixed}/board`, gzip(place)),
  'board of 1,000 tasks, unchanged (304)': unchanged,
  'list of 50 tasks': ({ server, root, fixed }) => cost(server, `${root}/projects/${fixed}/tasks?sort=-changed&limit=50`),
  'create a task': ({ server, root, written }) => cost(server, `${root}/projects/${written}/tasks`, { connections: 64, send: ['create'] }),
  "change a task's status": ({ server, root, moved }) => cost(server, root, { connections: 64, send: ['status', moved] }),
  'read one task while 64 connections write (its time)': readingBesideWriters,
  'search (its time)': searching,
};

const places = [];
for (const size of sizes) places.push(await fill(size));
console.log(`| what | ${sizes.map(size => `${size.toLocaleString('en')} tasks`).join(' | ')} | grows |\n|---${'|---'.repeat(sizes.length)}|---|`);
for (const [what, load] of Object.entries(loads)) {
  const seen = places.map(() => []);
  for (let turn = 0; turn < turns; ++turn) for (const [i, place] of places.entries()) seen[i].push(await load(place));
  const costs = seen.map(median);
  console.log(`| ${what} | ${costs.map(micros => `${micros.toFixed(1)} µs`).join(' | ')} | × ${(costs.at(-1) / costs[0]).toFixed(2)} |`);
}
for (const { server } of places) await server.end();
process.exit(0);
