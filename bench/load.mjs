/** Loads a server with wrk. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './program.mjs';

const script = fileURLToPath(new URL('load.lua', import.meta.url));

/** Answers a second. Throws if any answer was not one of success. */
export async function answersPerSecond(url, { seconds, connections = 16, headers = {}, send = ['read'] }) {
  const args = ['-t2', `-c${connections}`, `-d${seconds}s`, '-s', script];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const out = await run('wrk', [...args, url, '--', ...send]);
  const told = JSON.parse(out.trim().split('\n').at(-1));
  if (told.wrong > 0) throw new Error(`${told.wrong} of ${told.answers} answers of ${url} were errors`);
  if (told.late > 0) process.stderr.write(`  ${told.late} answers of ${url} took longer than 2 s\n`);
  return told.answers / told.seconds;
}

/** A file in this folder for `send: ['status', FILE]`: two statuses of a project, and the paths of its tasks. */
export async function tasksToMove(server, workspace, project, folder) {
  const { statuses, tasks } = await server.json('GET', `/workspaces/${workspace}/projects/${project}/board`);
  const paths = tasks.map(task => `/api/v1/workspaces/${workspace}/tasks/${task.id}`);
  const file = join(folder, 'moved.txt');
  writeFileSync(file, [statuses[0].id, statuses[1].id, ...paths].join('\n') + '\n');
  return file;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which `part` of them lie. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** How long one asynchronous thing takes, in milliseconds. */
export async function milliseconds(thing) {
  const started = performance.now();
  await thing();
  return performance.now() - started;
}
