import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** What is asked for on the command line: numbers, by name as in `usual`, and a `seed`, which is printed to repeat the run. `--help` prints and ends. */
export function wishFor(help, usual) {
  const options = Object.fromEntries(['seed', ...Object.keys(usual)].map(name => [name, { type: 'string' }]));
  const { values } = parseArgs({ options: { help: { type: 'boolean' }, ...options } });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const number = ([name, value]) => [name, typeof value === 'number' ? Number(values[name] ?? value) : (values[name] ?? value)];
  const wish = { seed: Number(values.seed ?? randomInt(2 ** 31)), ...Object.fromEntries(Object.entries(usual).map(number)) };
  console.log(`seed ${wish.seed}`);
  return wish;
}
