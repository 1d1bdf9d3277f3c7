/** What `tests/model/run` runs. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder, run, program } from '../../bench/program.mjs';
import { require } from '../browser/support/places.mjs';
import { House } from './house.mjs';
import { Difference, Lane } from './lane.mjs';
import { names, weights } from './calls.mjs';

const fc = require('fast-check');

const help = `Usage: tests/model/run [--calls N] [--seed S] [--sequence I] [--lanes N] [--restarts N] [--steps N]

Asks the server random sequences of calls, and a small model of it in memory what the answers must be, and compares every answer whole.
Sequences run side by side, each in workspaces of its own; now and then the server is ended or killed among them and started again on the
same data. A sequence whose answers differ is made as short as it still differs, and printed.

  --calls N     how many calls at least (20,000)
  --seed S      repeats the sequences of a run before
  --sequence I  only this one of them, alone
  --lanes N     how many sequences run side by side (8)
  --restarts N  of 10,000 steps, how many end or kill the server (10)
  --steps N     the most steps of a sequence (400)`;

const { values: wish } = parseArgs({
  options: Object.fromEntries(['help', 'calls', 'seed', 'sequence', 'lanes', 'restarts', 'steps'].map(name => [name, { type: name === 'help' ? 'boolean' : 'string' }])),
});
if (wish.help) {
  console.log(help);
  process.exit(0);
}
const only = wish.sequence === undefined ? undefined : Number(wish.sequence);
const most = Number(wish.calls ?? 20_000);
const seed = Number(wish.seed ?? randomInt(2 ** 31));
const lanes = only === undefined ? Number(wish.lanes ?? 8) : 1;
const restarts = Number(wish.restarts ?? 10);
const longest = Number(wish.steps ?? 400);

/** How long a failing sequence may be made shorter, in milliseconds: by fast-check, and then once more. */
const shrinking = 60_000;

/** A step of a sequence, for fast-check, which leaves out those that are not needed for the failure. */
class Step {
  constructor(choice) {
    this.choice = choice;
  }
  check = () => true;
  async run(_, lane) {
    await lane.step(this.choice, words => (this.words = words));
  }
  toString = () => this.words ?? `(nothing to ask for ${this.choice.name})`;
}

const callNames = fc.oneof(...names.map((name, i) => ({ arbitrary: fc.constant(name), weight: Math.round(weights[i] * 10) })));
const kills = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 10_000 - restarts },
  { arbitrary: fc.record({ signal: fc.constantFrom('SIGKILL', 'SIGTERM'), after: fc.nat(8) }), weight: restarts },
);
const sequence = fc.commands(
  [fc.record({ name: callNames, dice: fc.array(fc.nat(65_535), { minLength: 14, maxLength: 14 }), kill: kills }).map(choice => new Step(choice))],
  { maxCommands: longest, size: 'max' },
);

/** Leaves out what fast-check did not come to: pieces of the sequence, smaller and smaller ones. */
async function withoutPieces(steps, stillDiffers) {
  const end = Date.now() + shrinking;
  let left = steps;
  for (let size = left.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < left.length && Date.now() < end; ) {
      const shorter = left.toSpliced(at, size);
      if (await stillDiffers(shorter)) left = shorter;
      else at += size;
    }
  return left;
}

let isShrinking = false;

/** Whether a sequence differs. The first that does is made shorter and printed. */
async function differs(lane, number) {
  let patience = Infinity;
  const play = async commands => {
    await lane.begin();
    await fc.asyncModelRun(() => ({ model: {}, real: lane }), commands);
    await lane.end();
  };
  const property = fc.asyncProperty(sequence, async commands => {
    if (Date.now() > patience) return; // what is left of shrinking comes to nothing
    try {
      await play(commands);
    } catch (failure) {
      if (patience === Infinity) patience = isShrinking ? 0 : Date.now() + shrinking;
      isShrinking = lane.hasDiffered = true;
      throw failure;
    }
  });
  const result = await fc.check(property, { seed: (seed + number * 7919) | 0, numRuns: 1 });
  if (!result.failed) return false;
  console.log(`\nSequence ${number} differs. Repeat it with --seed ${seed} --sequence ${number}`);
  if (patience === 0) return true;
  let failure = result.errorInstance;
  const stillDiffers = steps => play(steps).then(() => false, thrown => ((failure = thrown), true));
  const steps = await withoutPieces([...result.counterexample[0]].filter(step => step.hasRan), stillDiffers);
  // Once more, so that each step says what it asks in this one and no other.
  console.log((await stillDiffers(steps)) ? 'So do these steps of it alone:' : 'These steps of it did, but not each time:');
  for (const step of steps) console.log(`  ${step}`);
  console.log(failure instanceof Difference ? failure.message : failure.stack);
  return true;
}

async function main() {
  console.log(`seed ${seed}`);
  const data = join(makeFolder(), 'data');
  const house = await House.open(data, seed);
  const started = Date.now();
  const all = Array.from({ length: lanes }, (_, i) => new Lane(house, i));
  await all[0].signUpPeople();
  await Promise.all(all.slice(1).map(lane => lane.signUpPeople()));
  const calls = () => all.reduce((sum, lane) => sum + lane.calls, 0);
  const progress = setInterval(() => console.log(`${calls()} calls after ${Math.round((Date.now() - started) / 1000)} s`), 60_000);
  let next = only ?? 0;
  let done = 0;
  let failed = 0;
  await Promise.all(
    all.map(async lane => {
      while (!failed && (only === undefined ? calls() < most : done === 0)) {
        if (await differs(lane, next++)) ++failed;
        ++done;
      }
    }),
  );
  clearInterval(progress);
  const seconds = (Date.now() - started) / 1000;
  await house.end();
  await run(program, ['--data', data, 'doctor']);
  const counts = {};
  for (const lane of all) for (const [status, count] of lane.statuses) counts[status] = (counts[status] ?? 0) + count;
  const late = all.reduce((sum, lane) => sum + lane.late, 0);
  console.log(`${calls()} calls in ${done} sequences and ${Math.round(seconds)} s, ${house.words()}, ${late} searches asked again, seed ${seed}`);
  console.log(`answers by status: ${Object.entries(counts).map(([status, count]) => `${status}: ${count}`).join(', ')}`);
  console.log(`${done - failed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

process.exit(await main());
