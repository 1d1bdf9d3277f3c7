/** What `tests/faults/backup` runs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder, program, run, Server } from '../../bench/program.mjs';
import { allTasks, checkBoard, checkChanges, doctorsFindings } from './check.mjs';
import { Dice } from './dice.mjs';
import { Ledger } from './ledger.mjs';
import { makePlace } from './place.mjs';
import { tell } from './tell.mjs';
import { wishFor } from './wish.mjs';
import { Writer } from './writer.mjs';

const help = `Usage: tests/faults/backup [--rounds N] [--seed S] [--writers N]

Each round: while writers write, a backup is made, and restored into another folder, from which a server starts. What was answered before the
backup began is in it, what was sent after its end is not, each task is as it was at one moment between, the change log has no gap, board and
tasks agree, and \`dialpine doctor\` has nothing to mend.

  --rounds N   how many backups are made (3)
  --seed S     repeats the writes of a run before
  --writers N  how many write at once (12)`;

const { rounds, seed, writers } = wishFor(help, { rounds: 3, writers: 12 });

/** Holds what a backup has against what was written while it was made, from `from` to `to`. */
function compare(ledger, there, from, to, wrong) {
  const byDescription = new Map(there.map(task => [task.description, task]));
  if (byDescription.size !== there.length) wrong.push('the backup has a task twice');
  const writesOf = new Map();
  for (const write of ledger.history) {
    if (!writesOf.has(write.task)) writesOf.set(write.task, []);
    writesOf.get(write.task).push(write);
  }
  for (const [task, writes] of writesOf) {
    const found = byDescription.get(task.description);
    const creation = writes[0];
    const removal = writes.find(write => write.kind === 'remove');
    const mustBe = creation.ended < from && !(removal?.begun < to);
    const mayBe = creation.begun < to && !(removal?.ended < from);
    if (found ? !mayBe : mustBe) wrong.push(`"${task.description}" is ${found ? 'in the backup, but was not there' : 'missing in the backup'}`);
    if (!found) continue;
    const named = writes.filter(write => write.kind !== 'remove').map(write => ({ ...write, title: write.title ?? task.made }));
    const last = named.filter(write => write.ended < from).at(-1);
    const possible = named.filter(write => write.begun < to && (write === last || !(write.ended < from)));
    if (!possible.some(write => write.title === found.title)) wrong.push(`"${task.description}" is in the backup as "${found.title}", which it was not then`);
  }
}

class NamingWriter extends Writer {
  creation() {
    const write = super.creation();
    write.task.made = write.task.title;
    return write;
  }
}

async function main() {
  const folder = makeFolder();
  const data = join(folder, 'data');
  const server = await Server.start(data);
  const place = await makePlace(server);
  const ledger = new Ledger();
  const all = Array.from({ length: writers }, (_, i) => new NamingWriter(server, place, ledger, seed * 100 + i));
  const writing = all.map(writer => writer.writeOn());
  const dice = new Dice(seed);
  let failed = 0;
  for (let round = 1; round <= rounds; ++round) {
    const wrong = [];
    await pause(300 + dice.below(500));
    const backup = join(folder, `backup-${round}`);
    const copy = join(folder, `restored-${round}`);
    const from = performance.now();
    await run(program, ['--data', data, 'backup', '--out', backup]);
    const to = performance.now();
    await run(program, ['--data', copy, 'restore', backup]);
    const restored = await Server.start(copy);
    restored.token = server.token;
    const there = await allTasks(restored, place);
    compare(ledger, there, from, to, wrong);
    await checkChanges(restored, place, there, wrong);
    await checkBoard(restored, place, there, wrong);
    await restored.end();
    wrong.push(...(await doctorsFindings(copy)));
    const during = ledger.history.filter(write => write.begun < to && !(write.ended < from)).length;
    if (during === 0) wrong.push('nothing was written while the backup was made');
    if (!tell(`round ${round}: ${there.length} tasks in a backup of ${Math.round(to - from)} ms, ${during} writes meanwhile`, wrong)) ++failed;
    for (const path of [backup, copy]) rmSync(path, { recursive: true });
  }
  await server.end('SIGKILL');
  await Promise.all(writing);
  console.log(`${ledger.acknowledged} acknowledged writes, seed ${seed}`);
  console.log(`${rounds - failed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

process.exit(await main());
