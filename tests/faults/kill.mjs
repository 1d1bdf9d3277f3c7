/** What `tests/faults/kill` runs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder, Server } from '../../bench/program.mjs';
import { doctorsFindings, violations } from './check.mjs';
import { Dice } from './dice.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';
import { Writer } from './writer.mjs';

const help = `Usage: tests/faults/kill [--rounds N] [--seed S] [--writers N]

Each round: writers create, rename and remove tasks over HTTP, and the server is killed (kill -9) at a random moment. It starts again on the
same data, writers repeat what was not answered, and then every answered write must be there once, the change log must have no gap,
the board must open, the search must find, and \`dialpine doctor\` must have nothing to mend.

  --rounds N   how often it is killed (20)
  --fresh N    after how many rounds it goes on with an empty folder: all of it is looked at after each (50)
  --seed S     repeats the writes and the moments of a run before
  --writers N  how many write at once (12)`;

const { rounds, fresh, seed, writers } = wishFor(help, { rounds: 20, fresh: 50, writers: 12 });

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
  const moment = soonest + new Dice(seed * 1000 + round * 100 + 99).below(latest - soonest);
  await Promise.race([pause(moment), server.child.ended]);
  const { code, signal } = await server.end('SIGKILL');
  await Promise.all(writing);
  return signal === 'SIGKILL' ? [] : [`the server ended by itself, with ${signal ?? code}`];
}

/** Some rounds on one folder, from an empty one on. Gives how many failed, and how many writes were acknowledged. */
async function killAgainAndAgain(data, from, to) {
  let server = await Server.start(data);
  const place = await makePlace(server);
  const ledger = new Ledger();
  let failed = 0;
  for (let round = from; round <= to; ++round) {
    const before = ledger.acknowledged;
    const wrong = await writeUntilKilled(server, place, ledger, round);
    server = await startOver(data, server.token);
    const cut = ledger.open.length;
    await new Writer(server, place, ledger, seed + round).repeatOpen();
    wrong.push(...(await violations(server, place, ledger)), ...(await doctorsFindings(data)));
    if (!tell(`round ${round}: ${ledger.acknowledged - before} writes acknowledged, ${cut} cut off`, wrong)) ++failed;
  }
  const { code } = await server.end();
  if (code !== 0) {
    ++failed;
    console.log(`The server ended with ${code} in the end.`);
  }
  return { failed, acknowledged: ledger.acknowledged };
}

async function main() {
  const folder = makeFolder();
  let failed = 0;
  let acknowledged = 0;
  for (let from = 1; from <= rounds; from += fresh) {
    const data = join(folder, `from-${from}`);
    const seen = await killAgainAndAgain(data, from, Math.min(from + fresh - 1, rounds));
    failed += seen.failed;
    acknowledged += seen.acknowledged;
    rmSync(data, { recursive: true });
  }
  console.log(`${acknowledged} acknowledged writes over ${rounds} kills, seed ${seed}`);
  console.log(`${rounds - Math.min(failed, rounds)} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

process.exit(await main());
