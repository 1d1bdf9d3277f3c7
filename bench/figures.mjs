/** What `bench/run` runs. Each figure goes through the users' door, and stands beside a limit measured in the same run. */
import { statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBoard } from './boards.mjs';
import { fsyncsPerSecond, startBareServer } from './limits.mjs';
import { bytesOfIdleConnections, tlsOptions } from './idle.mjs';
import { answersPerSecond, median, milliseconds, percentile, tasksToMove } from './load.mjs';
import { firstVisit } from './page.mjs';
import { makeFolder, program, run, Server } from './program.mjs';
import { atLeast, both, ratioAtLeast, toTable, under, units } from './table.mjs';

const help = `Usage: bench/run [--quick] [--runs N] [--seconds S]

Measures the release build on this machine and prints one table. Starts its own servers on free ports of this machine, with data
in a new folder under TMPDIR (or /tmp), and removes everything at the end, also on Ctrl-C.

  --quick      one run of 1 s, and 11,000 tasks instead of 100,000
  --runs N     medians of N runs (3)
  --seconds S  how long each load lasts (5)`;

const { values: wish } = parseArgs({
  options: { help: { type: 'boolean' }, quick: { type: 'boolean' }, runs: { type: 'string' }, seconds: { type: 'string' } },
});
if (wish.help) {
  console.log(help);
  process.exit(0);
}
const runs = Number(wish.runs ?? (wish.quick ? 1 : 3));
const seconds = Number(wish.seconds ?? (wish.quick ? 1 : 5));
const startings = wish.quick ? 3 : 9;
const idleConnections = 5_000;
const searches = wish.quick ? 200 : 1000;
/** Cards of each board that is imported after the first. */
const boards = [1_000, ...(wish.quick ? [] : [...Array(2).fill(10_000), ...Array(46).fill(1_500)])];

const rows = [];
const add = row => rows.push(row);
const say = text => process.stderr.write(`${text}\n`);

/** Limits, then figures, once a round; a ratio is that of one round, since machines change from minute to minute. */
async function rounds(measure) {
  const measured = [];
  for (let round = 1; round <= runs; ++round) {
    say(`  round ${round} of ${runs}`);
    measured.push(await measure());
  }
  return {
    of: name => median(measured.map(each => each[name])),
    ratio: (name, limit) => median(measured.map(each => each[name] / each[limit])),
  };
}

async function measureStart() {
  say('Starting and resting');
  const versions = [];
  const starts = [];
  const resting = [];
  for (let i = 0; i < startings; ++i) {
    versions.push(await milliseconds(() => run(program, ['--version'])));
    const data = makeFolder();
    let server;
    starts.push(
      await milliseconds(async () => {
        server = await Server.start(data);
        await server.ask('GET', '/readyz');
      }),
    );
    resting.push({ all: server.memory('VmRSS'), files: server.memory('RssFile') });
    await server.end();
  }
  const [start, version] = [median(starts), median(versions)];
  add({ what: 'start to first answer', figure: start, unit: units.ms, limit: version, limitName: 'dialpine --version', ratio: start / version, goal: under(300, units.ms) });
  const [all, files] = [median(resting.map(each => each.all)), median(resting.map(each => each.files))];
  add({ what: 'memory at rest', figure: all, unit: units.megabytes, limit: files, limitName: 'its pages of program and files', ratio: all / files, goal: under(40e6, units.megabytes) });
  const open = await Server.start(makeFolder());
  const each = await bytesOfIdleConnections(open, idleConnections);
  add({ what: `memory of each of 5,000 idle connections`, figure: each, unit: units.kilobytes, goal: under(12e3, units.kilobytes) });
  await open.end();
  const folder = makeFolder();
  const sealed = await Server.start(join(folder, 'data'), program, await tlsOptions(folder));
  add({ what: 'the same over TLS', figure: await bytesOfIdleConnections(sealed, idleConnections), unit: units.kilobytes });
  await sealed.end();
  add({ what: 'program, with the page in it', figure: statSync(program).size, unit: units.megabytes, goal: under(20e6, units.megabytes) });
}

/** Fills a server with boards, by the command line; the first ones, of 10,000 cards, are timed. */
async function measureImport(server, data, workspace) {
  const imported = [];
  const parsed = [];
  const file = join(data, '..', `${workspace}.json`);
  let number = 0;
  for (const cards of [10_000, ...boards]) {
    const board = makeBoard(++number, cards);
    writeFileSync(file, board);
    const took = await milliseconds(() => run(program, ['--data', data, 'import', 'trello', file, '--workspace', workspace]));
    if (cards !== 10_000) continue;
    imported.push(took);
    parsed.push(await milliseconds(async () => JSON.parse(board)));
    say(`  10,000 cards in ${took.toFixed(0)} ms`);
  }
  const [took, limit] = [median(imported), median(parsed)];
  add({ what: 'board of 10,000 cards imported', figure: took, unit: units.ms, limit, limitName: "node's JSON.parse of it", ratio: took / limit, goal: under(1500, units.ms) });
}

async function measureFirstVisit(server, board) {
  const visit = await firstVisit(server, board);
  const row = { what: 'first visit until a board shows, bytes', unit: units.kilobytes, goal: under(280e3, units.kilobytes) };
  if (!visit) return add({ ...row, instead: 'page not built' });
  for (const path of visit.uncompressed) say(`  sent without compression: ${path}`);
  add({ ...row, figure: visit.sent, limit: visit.smallest, limitName: `the same ${visit.files} files by brotli 11`, ratio: visit.sent / visit.smallest });
}

async function measureLoads(server, workspace, { project, large }, data) {
  const bare = await startBareServer();
  const root = `${server.address}/api/v1/workspaces/${workspace}`;
  const own = { Authorization: `Bearer ${server.token}` };
  const board = `/workspaces/${workspace}/projects/${project}/board`;
  const packed = await server.ask('GET', `/api/v1${board}`, { headers: { 'accept-encoding': 'gzip' } });
  const [status] = JSON.parse((await server.ask('GET', `/api/v1${board}`)).body).statuses;
  const { items } = await server.json('GET', `/workspaces/${workspace}/projects/${project}/tasks?limit=1`);
  add({ what: 'board of 1,000 tasks, compressed', figure: packed.body.length, unit: units.kilobytes, goal: under(160e3, units.kilobytes) });
  const load = (path, headers, more = {}) => answersPerSecond(path, { seconds, headers, ...more });
  const list = `${root}/projects/${project}/tasks?status_id=${status.id}&sort=-changed&limit=50`;
  // Others than those that are read, whose tags must stay what they are.
  const moved = await tasksToMove(server, workspace, large, data);
  // Elsewhere than what is read, which must stay what its name says.
  const written = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Written' })).id;
  const found = await rounds(async () => ({
    bare: await load(`${bare.address}/`),
    healthz: await load(`${server.address}/healthz`),
    task: await load(`${root}/tasks/${items[0].id}`, own),
    unchanged: await load(`${server.address}/api/v1${board}`, { ...own, 'If-None-Match': packed.headers.etag }),
    board: await load(`${server.address}/api/v1${board}`, { ...own, 'Accept-Encoding': 'gzip' }),
    list: await load(list, own),
    fsyncs: fsyncsPerSecond(data, Math.min(seconds, 2)),
    creates: await load(`${root}/projects/${written}/tasks`, own, { connections: 64, send: ['create'] }),
    lag: await untilFound(server, workspace, written),
    changes: await load(root, own, { connections: 64, send: ['status', moved] }),
    ...(await readsWhileWriting(load, `${root}/tasks/${items[0].id}`, `${root}/projects/${written}/tasks`, own)),
  }));
  bare.end();
  const row = (what, name, limit, limitName, goal) =>
    add({ what, figure: found.of(name), unit: units.perSecond, limit: found.of(limit), limitName, ratio: found.ratio(name, limit), goal });
  row('/healthz, 16 connections', 'healthz', 'bare', 'two bare node sockets');
  row('read one task, 16 connections', 'task', 'healthz', '/healthz', ratioAtLeast(0.5));
  row('board of 1,000 tasks, unchanged (304)', 'unchanged', 'healthz', '/healthz', ratioAtLeast(0.5));
  row('board of 1,000 tasks, in full, compressed', 'board', 'healthz', '/healthz', atLeast(1000, units.perSecond));
  row('list of 50 tasks, filtered and sorted', 'list', 'healthz', '/healthz', atLeast(5000, units.perSecond));
  row('create a task, durable, 64 connections', 'creates', 'fsyncs', 'fsyncs of this disk', both(atLeast(10_000, units.perSecond), ratioAtLeast(2)));
  add({ what: 'until the search has followed these creates', figure: found.of('lag'), unit: units.ms });
  row("change a task's status, durable, 64 connections", 'changes', 'fsyncs', 'fsyncs of this disk', atLeast(10_000, units.perSecond));
  row('read one task while 64 connections write', 'readsWhileWriting', 'readsAlone', 'the same without writers', ratioAtLeast(0.6));
}

/** Reads beside a load of writes, and the same reads alone. */
async function readsWhileWriting(load, read, write, own) {
  const writers = load(write, own, { connections: 64, send: ['create'] });
  const readsBeside = load(read, own);
  const [readsWhileWriting] = await Promise.all([readsBeside, writers]);
  const readsAlone = await load(read, own);
  return { readsWhileWriting, readsAlone };
}

/** Milliseconds until the search finds a task that is made now, behind all that was made before. */
async function untilFound(server, workspace, project) {
  const word = `last${Date.now()}`;
  await server.json('POST', `/workspaces/${workspace}/projects/${project}/tasks`, { title: word });
  return milliseconds(async () => {
    while ((await server.json('GET', `/workspaces/${workspace}/search?q=${word}`)).items.length === 0);
  });
}

const questions = ['paint', 'window ord', 'bicycle', '海报', 'señal', 'workb', 'größe märz', 'insurance letter', 'kalo', 'cafe'];

async function measureSearch(server, workspace, project) {
  say('Searching');
  const ask = async (method, path, body) => {
    const answer = await server.ask(method, path, { body });
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}`);
    return answer.body;
  };
  const search = q => ask('GET', `/api/v1/workspaces/${workspace}/search?q=${encodeURIComponent(q)}`);
  const [least, known, fresh] = [[], [], []];
  let lost = 0;
  for (let i = 0; i < searches; ++i) {
    least.push(await milliseconds(() => ask('GET', '/healthz')));
    known.push(await milliseconds(() => search(questions[i % questions.length])));
    await ask('POST', `/api/v1/workspaces/${workspace}/projects/${project}/tasks`, { title: `Fresh fresh${i}x paint` });
    let body;
    fresh.push(await milliseconds(async () => (body = await search(`fresh${i}x`))));
    if (JSON.parse(body).items.length !== 1) ++lost;
  }
  if (lost) say(`  ${lost} of ${searches} searches did not find what was written just before`);
  const row = (what, taken, part, goal) => {
    const [figure, limit] = [percentile(taken, part), percentile(least, part)];
    add({ what, figure, unit: units.ms, limit, limitName: '/healthz, likewise', ratio: figure / limit, goal });
  };
  row('search, median', known, 0.5, under(3, units.ms));
  row('search, p99', known, 0.99, under(15, units.ms));
  row('search for what was written just before, median', fresh, 0.5, under(3, units.ms));
  row('search for what was written just before, p99', fresh, 0.99, under(15, units.ms));
}

async function measure() {
  say(`${cpus().length} cores of ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)} before the start`);
  await measureStart();
  const folder = makeFolder();
  const data = join(folder, 'data');
  const server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
  say(`Importing ${boards.length + 1} boards`);
  await measureImport(server, data, workspace);
  const projects = (await server.json('GET', `/workspaces/${workspace}/projects`)).items;
  const project = projects.find(each => each.task_count === 1_000).id;
  say('Loading');
  await measureFirstVisit(server, `/api/v1/workspaces/${workspace}/projects/${project}/board`);
  const large = projects.find(each => each.task_count === 10_000).id;
  await measureLoads(server, workspace, { project, large }, folder);
  await measureSearch(server, workspace, project);
  add({ what: 'memory after all this', figure: server.memory('VmRSS'), unit: units.megabytes });
  await server.end();
  console.log(toTable(rows));
}

try {
  await measure();
} catch (failure) {
  say(`Measuring failed: ${failure.message}`);
  process.exit(1);
}
process.exit(0);
