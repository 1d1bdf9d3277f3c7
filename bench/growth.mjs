/**
 * How figures grow with the database: the same loads at 10,000, 100,000 and 1,000,000 tasks. `node bench/growth.mjs [--most N] [--seconds S]`
 * (1,000,000; 3); needs wrk and the release build. What a load costs is counted in the server's processor time for each answer,
 * which a busy machine changes little; the goal is that a point read, a create and a board of fixed size cost at most 1.3 times
 * what they cost at 10,000.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBoard } from './boards.mjs';
import { answersPerSecond, median, milliseconds } from './load.mjs';
import { makeFolder, program, run, Server } from './program.mjs';

const { values: wish } = parseArgs({ options: { most: { type: 'string' }, seconds: { type: 'string' } } });
const sizes = [10_000, 100_000, 1_000_000].filter(size => size <= Number(wish.most ?? 1_000_000));
const seconds = Number(wish.seconds ?? 3);
const say = text => process.stderr.write(`${text}\n`);

/** Processor seconds of the server so far. */
function processorTime(server) {
  const fields = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function cost(server, url, options) {
  const before = processorTime(server);
  const rate = await answersPerSecond(url, { seconds, headers: { Authorization: `Bearer ${server.token}` }, ...options });
  return { rate, micros: ((processorTime(server) - before) / (rate * seconds)) * 1e6 };
}

/** Until the server has nothing left to do, such as indexing. */
async function untilIdle(server) {
  for (let last = -1; processorTime(server) - last > 0.02; ) {
    last = processorTime(server);
    await new Promise(done => setTimeout(done, 1000));
  }
}

async function measure(server, workspace, fixed, written) {
  const root = `${server.address}/api/v1/workspaces/${workspace}`;
  const { items } = await server.json('GET', `/workspaces/${workspace}/projects/${fixed}/tasks?limit=1`);
  const searches = [];
  for (let i = 0; i < 200; ++i)
    searches.push(await milliseconds(() => server.json('GET', `/workspaces/${workspace}/search?q=${['paint', 'bicycle', 'kalo'][i % 3]}`)));
  return {
    'read one task': await cost(server, `${root}/tasks/${items[0].id}`),
    'board of 1,000 tasks': await cost(server, `${root}/projects/${fixed}/board`, { headers: { Authorization: `Bearer ${server.token}`, 'Accept-Encoding': 'gzip' } }),
    'list of 50 tasks': await cost(server, `${root}/projects/${fixed}/tasks?sort=-changed&limit=50`),
    'create a task': await cost(server, `${root}/projects/${written}/tasks`, { connections: 64, send: ['create'] }),
    'search (its time, not its processor time)': { rate: NaN, micros: median(searches) * 1000 },
  };
}

const data = join(makeFolder(), 'data');
const server = await Server.start(data);
await server.signUp('Mia Example', 'mia@dialpine.example');
const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
const written = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Written' })).id;
const file = join(data, '..', 'board.json');
let number = 0;
async function bring(cards) {
  writeFileSync(file, makeBoard(++number, cards, { team: 1 }));
  await run(program, ['--data', data, 'import', 'trello', file, '--workspace', workspace]);
}
await bring(1_000);
const fixed = (await server.json('GET', `/workspaces/${workspace}/projects`)).items.find(each => each.task_count === 1_000).id;
const found = [];
let tasks = 0;
for (const size of sizes) {
  say(`Filling up to ${size} tasks`);
  const took = await milliseconds(async () => {
    for (; tasks < size; tasks += 10_000) await bring(10_000);
  });
  say(`  in ${(took / 1000).toFixed(1)} s; memory ${(server.memory('VmRSS') / 1e6).toFixed(0)} MB, at most ${(server.memory('VmHWM') / 1e6).toFixed(0)} MB`);
  await untilIdle(server);
  found.push(await measure(server, workspace, fixed, written));
}
console.log(`| what | ${sizes.map(size => `${size.toLocaleString('en')} tasks`).join(' | ')} | grows |\n|---${'|---'.repeat(sizes.length)}|---|`);
for (const what of Object.keys(found[0])) {
  const cells = found.map(each => `${each[what].micros.toFixed(1)} µs`);
  console.log(`| ${what} | ${cells.join(' | ')} | × ${(found.at(-1)[what].micros / found[0][what].micros).toFixed(2)} |`);
}
await server.end();
process.exit(0);
