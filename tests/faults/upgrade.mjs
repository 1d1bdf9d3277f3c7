/** What `tests/faults/upgrade` runs. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, run, Server } from '../../bench/program.mjs';
import { doctorsFindings } from './check.mjs';
import { Dice } from './dice.mjs';
import { fillPlace, lookAround, makePlace, placesOf } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';

const help = `Usage: tests/faults/upgrade [--rounds N] [--seed S] [--before PROGRAM]

A database of the first version is opened by this program, which brings it to its own version, and everything is answered as before. Each
round kills the program (kill -9) somewhere between two calls to the disk meanwhile; the next start must go on.

The database is made by this program and turned back by the SQL of version 1 (tests/store/schema-1.sql, which never changes): whatever the
versions since have added is left out. With --before, PROGRAM makes it: an older build, say of the commit before.

  --rounds N        how often it is killed (8)
  --seed S          repeats the moments of a run before
  --before PROGRAM  makes the database instead`;

const { rounds, seed, before } = wishFor(help, { rounds: 8, before: '' });

const cutOff = fileURLToPath(new URL('../../build/release/tests/libcut_off.so', import.meta.url));
const firstVersion = fileURLToPath(new URL('../store/schema-1.sql', import.meta.url));

const sql = (database, text) => run('sqlite3', ['-batch', '-bail', database, text]);

/** Leaves of the database what version 1 knows. */
async function turnBack(data) {
  const [now, old] = [join(data, 'dialpine.db'), join(data, 'old.db')];
  await sql(old, readFileSync(firstVersion, 'utf8'));
  const tables = await sql(old, `SELECT m.name, group_concat('"' || p.name || '"') FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' GROUP BY m.name`);
  const copies = tables.trim().split('\n').map(line => {
    const [name, columns] = line.split('|');
    return `INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM now.${name};`;
  });
  const purpose = `UPDATE consents SET purpose = 'essential.service' WHERE purpose = 'account';`;
  await sql(old, `ATTACH '${now}' AS now; BEGIN; ${copies.join(' ')} ${purpose} PRAGMA user_version = 1; COMMIT; PRAGMA journal_mode = WAL;`);
  rmSync(now);
  cpSync(old, now);
  rmSync(old);
  rmSync(join(data, 'search.db'));
}

async function prepare(data) {
  const server = await Server.start(data, before || undefined);
  const place = await makePlace(server);
  const tasks = await fillPlace(server, place, seed, before ? undefined : 0); // version 1 knew no files
  const seen = await lookAround(server, await placesOf(server, place, tasks));
  await server.end();
  if (!before) await turnBack(data);
  return { token: server.token, seen };
}

async function differences(data, { token, seen }) {
  const server = await Server.start(data);
  server.token = token;
  const now = await lookAround(server, seen.keys());
  const wrong = [...seen].filter(([place, answer]) => now.get(place) !== answer).map(([place]) => `${place} is answered otherwise: ${now.get(place)}`);
  const { code } = await server.end();
  if (code !== 0) wrong.push(`the server ended with ${code}`);
  return [...wrong, ...(await doctorsFindings(data))];
}

/** Whether the start was cut off at this call to the disk; otherwise it had fewer. */
async function startCutOff(data, call) {
  try {
    const server = await Server.start(data, undefined, [], { env: { LD_PRELOAD: cutOff, CUT_AT: String(call) } });
    return (await server.end()).signal === 'SIGKILL';
  } catch (failure) {
    if (!/ended with null/.test(failure.message)) throw failure;
    return true;
  }
}

async function main() {
  const folder = makeFolder();
  const [clean, data] = [join(folder, 'clean'), join(folder, 'data')];
  const known = await prepare(clean);
  const fresh = () => {
    rmSync(data, { recursive: true, force: true });
    cpSync(clean, data, { recursive: true, filter: from => basename(from) !== 'control.sock' });
  };
  const dice = new Dice(seed);
  let failed = 0;
  fresh();
  if (!tell('opened whole', await differences(data, known))) ++failed;
  let calls = 400; // more than a start has; learned below
  for (let round = 1; round <= rounds; ++round) {
    fresh();
    const call = 1 + dice.below(calls);
    const isCut = await startCutOff(data, call);
    if (!isCut) calls = Math.max(10, Math.min(calls, call) - 1);
    const what = `round ${round}: ${isCut ? 'killed before' : 'not so many as'} ${call} calls to the disk`;
    if (!tell(what, await differences(data, known))) ++failed;
  }
  console.log(`${rounds + 1 - failed} passed, ${failed} failed, seed ${seed}`);
  return failed ? 1 : 0;
}

process.exit(await main());
