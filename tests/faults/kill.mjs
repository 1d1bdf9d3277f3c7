/** What `tests/faults/kill` runs. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder, run, program, Server } from '../../bench/program.mjs';
import { Ledger } from './ledger.mjs';
import { Writer } from './writer.mjs';
import { violations } from './check.mjs';

const help = `Usage: tests/faults/kill [--rounds N] [--seed S] [--writers N]

Each round: writers create, rename and remove tasks over HTTP, and the server is killed (kill -9) at a random moment. It starts again on the
same data, writers repeat what was not answered, and then every answered write must be there once, the change log must have no gap,
the board must open, the search must find, and \`dialpine doctor\` must have nothing to mend.

  --rounds N   how often it is killed (20)
  --seed S     repeats the writes and the moments of a run before
  --writers N  how many write at once (12)`;

const { values: wish } = parseArgs({
  options: { help: { type: 'boolean' }, rounds: { type: 'string' }, seed: { type: 'string' }, writers: { type: 'string' } },
});
if (wish.help) {
  console.log(help);
  process.exit(0);
}
const rounds = Number(wish.rounds ?? 20);
const writers = Number(wish.writers ?? 12);
const seed = Number(wish.seed ?? randomInt(2 ** 31));

/** The earliest and the latest moment of a round at which the server is killed, in milliseconds after the first write. */
const [soonest, latest] = [20, 700];

async function startOver(data, token) {
  const server = await Server.start(data);
  server.token = token;
  return server;
}

/** Writers write until the server is gone. Gives what was wrong with how it went. */
async function writeUntilKilled(server, place, ledger, round) {
  const writing = Array.from({ length: writers }, (_, i) => new Writer(server, place, ledger, seed * 1000 + round * 100 + i).writeOn());
  const moment = new Writer(server, place, ledger, seed * 1000 + round * 100 + 99).random(latest - soonest) + soonest;
  await Promise.race([new Promise(done => setTimeout(done, moment)), server.child.ended]);
  const { code, signal } = await server.end('SIGKILL');
  await Promise.all(writing);
  return signal === 'SIGKILL' ? [] : [`the server ended by itself, with ${signal ?? code}`];
}

async function prepare(data) {
  const server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Faults' })).id;
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Killed' })).id;
  return { server, place: { workspace, project } };
}

async function main() {
  console.log(`seed ${seed}`);
  const data = join(makeFolder(), 'data');
  const prepared = await prepare(data);
  const { place } = prepared;
  let { server } = prepared;
  const ledger = new Ledger();
  let failed = 0;
  for (let round = 1; round <= rounds; ++round) {
    const before = ledger.acknowledged;
    const wrong = await writeUntilKilled(server, place, ledger, round);
    server = await startOver(data, server.token);
    const cut = ledger.open.length;
    await new Writer(server, place, ledger, seed + round).repeatOpen();
    wrong.push(...(await violations(server, place, ledger)), ...(await doctorsFindings(data)));
    if (wrong.length) ++failed;
    console.log(`round ${round}: ${ledger.acknowledged - before} writes acknowledged, ${cut} cut off${wrong.length ? ', WRONG' : ''}`);
    for (const what of wrong.slice(0, 10)) console.log(`  ${what}`);
  }
  const { code } = await server.end();
  if (code !== 0) {
    ++failed;
    console.log(`The server ended with ${code} in the end.`);
  }
  console.log(`${ledger.acknowledged} acknowledged writes over ${rounds} kills, seed ${seed}`);
  console.log(`${rounds - Math.min(failed, rounds)} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

async function doctorsFindings(data) {
  try {
    await run(program, ['--data', data, 'doctor']);
    return [];
  } catch (failure) {
    return [`doctor found: ${failure.message}`];
  }
}

process.exit(await main());
