/** What `bench/promises` runs: what keeping the promises costs, through the users' door where there is one. */
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBoard } from './boards.mjs';
import { answersPerSecond, median, milliseconds } from './load.mjs';
import { makeFolder, program, run, Server } from './program.mjs';
import { atLeast, ratioAtLeast, toTable, under, units } from './table.mjs';

const { values: wish } = parseArgs({ options: { quick: { type: 'boolean' } } });
const rounds = wish.quick ? 2 : 5;
const seconds = wish.quick ? 1 : 5;
const boards = wish.quick ? 2 : 100;
const cards = 10_000;
const password = 'correct horse battery';

const rows = [];
const add = row => rows.push(row);
const say = text => process.stderr.write(`${text}\n`);
const micros = value => `${value.toFixed(1)} µs`;
const count = value => new Intl.NumberFormat('en').format(value);

// ---- sealing

/** A server with a workspace of one task, and what to ask of it. */
async function smallHouse(which) {
  const server = await Server.start(join(makeFolder(), 'data'), which);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Paint' })).id;
  const tasks = `${server.address}/api/v1/workspaces/${workspace}/projects/${project}/tasks`;
  const task = (await server.json('POST', `/workspaces/${workspace}/projects/${project}/tasks`, { title: 'Order paint' })).id;
  return { server, tasks, task: `${server.address}/api/v1/workspaces/${workspace}/tasks/${task}`, headers: { Authorization: `Bearer ${server.token}` } };
}

/** The same build, with sealing and without, turn by turn, so that a machine's mood is in both. */
async function measureSealing() {
  say('Sealing');
  const houses = { sealed: await smallHouse(program), open: await smallHouse(process.env.DIALPINE_UNSEALED) };
  const seen = { sealed: { read: [], create: [] }, open: { read: [], create: [] } };
  for (let round = 0; round < rounds; ++round)
    for (const [name, house] of Object.entries(houses)) {
      seen[name].read.push(await answersPerSecond(house.task, { seconds, headers: house.headers }));
      seen[name].create.push(await answersPerSecond(house.tasks, { seconds, connections: 64, headers: house.headers, send: ['create'] }));
    }
  for (const [what, kind] of [['read one task, sealed', 'read'], ['create a task, sealed', 'create']])
    add({
      what,
      figure: median(seen.sealed[kind]),
      unit: units.perSecond,
      limit: median(seen.open[kind]),
      limitName: 'with sealing off',
      ratio: median(seen.sealed[kind].map((each, i) => each / seen.open[kind][i])),
      goal: ratioAtLeast(0.85),
    });
  for (const house of Object.values(houses)) await house.server.end();
}

// ---- a large house

/** Boards of one team, imported, so that each of its members has left traces all over. */
async function fill(data, workspace, first, last) {
  say(`Importing boards ${first} to ${last}, of ${count(cards)} cards each`);
  const file = join(data, '..', 'board.json');
  const took = await milliseconds(async () => {
    for (let number = first; number <= last; ++number) {
      writeFileSync(file, makeBoard(number, cards, { team: 1 }));
      await run(program, ['--data', data, 'import', 'trello', file, '--workspace', workspace]);
    }
  });
  say(`  in ${(took / 1000).toFixed(0)} s`);
}

/** Another account, which takes over what an imported member left. */
async function claim(server, workspace, number, name, email) {
  const people = (await server.json('GET', `/workspaces/${workspace}/people?limit=500`)).items;
  const imported = people.find(each => each.name === `Member ${number} Example`);
  const { link } = await server.json('POST', `/workspaces/${workspace}/invitations`, { role: 'member', person_id: imported.id });
  const other = new Server(server.child, server.address);
  await other.signUp(name, email);
  await other.json('POST', '/invitations/accept', { token: link.split('#')[1] });
  return other;
}

async function measureAccess(person) {
  say('Exporting a person');
  const traces = (await person.json('GET', '/me/data')).total;
  const took = [];
  let bytes = 0;
  for (let round = 0; round < Math.min(rounds, 3); ++round)
    took.push(
      await milliseconds(async () => {
        const { id } = await person.json('POST', '/me/exports', { password });
        bytes = (await person.ask('GET', `/api/v1/me/exports/${id}/file`)).body.length;
      }),
    );
  add({ what: `access export of a person with ${count(traces)} values (${(bytes / 1e6).toFixed(1)} MB)`, figure: median(took), unit: units.ms, goal: under(3000, units.ms) });
}

const peak = server => {
  writeFileSync(`/proc/${server.child.pid}/clear_refs`, '5'); // the high-water mark begins anew
  return () => server.memory('VmHWM');
};

async function measureWorkspaceExport(server, data, workspace) {
  say('Exporting the workspace');
  const file = join(data, '..', 'workspace.zip');
  const before = server.memory('VmRSS');
  const highest = peak(server);
  const took = await milliseconds(() => run(program, ['--data', data, 'export', 'workspace', workspace, '--out', file]));
  const tasks = boards * cards;
  add({ what: `export of a workspace of ${count(tasks)} tasks (${(statSync(file).size / 1e6).toFixed(0)} MB)`, figure: (tasks / took) * 1000, unit: units.perSecond, goal: atLeast(50_000, units.perSecond) });
  add({ what: 'memory that the export added at its peak', figure: Math.max(0, highest() - before), unit: units.megabytes, goal: under(100e6, units.megabytes) });
}

/** Writes without end, one after the other on four connections; the longest that one of them waited. */
function keepWriting(server, path) {
  let goes = true;
  let longest = 0;
  let total = 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const one = async () => {
    while (goes) {
      const took = await milliseconds(() => server.json('POST', path, { title: 'Meanwhile' }));
      longest = Math.max(longest, took);
      ++total;
    }
  };
  const all = Promise.all([one(), one(), one(), one()]);
  return {
    end: async () => {
      goes = false;
      await all;
      agent.destroy();
      return { longest, total };
    },
  };
}

async function measureErasure(server, workspace, project, person, data) {
  say('Erasing a person');
  const path = `/workspaces/${workspace}/projects/${project}/tasks`;
  const calm = keepWriting(server, path);
  await new Promise(done => setTimeout(done, 5000));
  const { longest: usual } = await calm.end();
  const writing = keepWriting(server, path);
  const took = await milliseconds(async () => {
    const answer = await person.ask('DELETE', '/api/v1/me', { body: { password } });
    if (answer.status !== 202) throw new Error(`The erasure answered ${answer.status}: ${answer.body}`);
    const job = JSON.parse(answer.body);
    for (let state = job.state; state !== 'done'; ) {
      await new Promise(done => setTimeout(done, 50));
      state = (await server.json('GET', `/erasures/${job.id}`)).state;
    }
  });
  await new Promise(done => setTimeout(done, 2000));
  const { longest } = await writing.end();
  const rowsOf = rowCount(join(data, 'dialpine.db'));
  add({ what: `longest wait of a write while a person is erased (${count(rowsOf)} rows)`, figure: longest, unit: units.ms, limit: usual, limitName: 'the longest without', ratio: longest / usual, goal: under(1000, units.ms) });
  add({ what: 'the erasure, asked until done', figure: took, unit: units.ms });
}

/** All rows of all tables; 0 where there is no sqlite3 to count them. */
function rowCount(file) {
  try {
    const ask = sql => execFileSync('sqlite3', ['-readonly', file, sql], { encoding: 'utf8' }).trim();
    const tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").split('\n');
    return tables.reduce((sum, table) => sum + Number(ask(`SELECT count(*) FROM ${table}`)), 0);
  } catch {
    return 0;
  }
}

// ---- the log

async function measureLog() {
  say('The transparency log');
  const report = JSON.parse(await run(process.env.DIALPINE_BENCH, ['--benchmark_format=json']));
  const of = name => report.benchmarks.find(each => each.run_name.startsWith(name) && each.aggregate_name === 'median').real_time;
  add({ what: 'an entry in the transparency log of 100,000', figure: of('append_to_log'), unit: micros, goal: under(50, micros) });
  add({ what: 'a proof of inclusion', figure: of('prove_inclusion'), unit: micros, goal: under(1000, micros) });
  add({ what: 'a proof of consistency', figure: of('prove_consistency'), unit: micros, goal: under(1000, micros) });
}

async function measure() {
  say(`${cpus().length} cores of ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)} before the start`);
  await measureSealing();
  await measureLog();
  const data = join(makeFolder(), 'data');
  const server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Meanwhile' })).id;
  // After so many boards a member has left some 100,000 values.
  const boardsOfAccess = wish.quick ? 1 : 37;
  await fill(data, workspace, 1, boardsOfAccess);
  const person = await claim(server, workspace, 1, 'Ola Example', 'ola@dialpine.example');
  await measureAccess(person);
  await fill(data, workspace, boardsOfAccess + 1, boards);
  await measureWorkspaceExport(server, data, workspace);
  await measureErasure(server, workspace, project, person, data);
  await server.end();
  console.log(toTable(rows));
}

try {
  await measure();
} catch (failure) {
  say(`Measuring failed: ${failure.stack}`);
  process.exit(1);
}
process.exit(0);
