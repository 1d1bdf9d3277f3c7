import { createHash } from 'node:crypto';
import { Dice } from './dice.mjs';
import { Ledger } from './ledger.mjs';
import { Writer } from './writer.mjs';

/** Somebody signs up at this server, with a project to write to. */
export async function makePlace(server) {
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Faults' })).id;
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Damaged' })).id;
  return { workspace, project };
}

/** So many tasks have a file, the first of them. */
const mostFiles = 4;

/** Tasks, some with comments, long descriptions and files, so that something lies in every file of the data. Gives the tasks. */
export async function fillPlace(server, place, seed, files = mostFiles) {
  const ledger = new Ledger();
  const writer = new Writer(server, place, ledger, seed);
  for (let i = 0; i < 120; ++i) await writer.send(ledger.begin(writer.next()));
  const tasks = [...ledger.tasks.values()].filter(task => !task.isRemoved);
  const root = `/workspaces/${place.workspace}`;
  for (const task of tasks.slice(0, 30)) {
    await server.json('POST', `${root}/tasks/${task.id}/comments`, { body: `Said of ${task.title}. `.repeat(40) });
    await server.json('PATCH', `${root}/tasks/${task.id}`, { description: `${task.description} `.repeat(300) });
  }
  for (const task of tasks.slice(0, files)) {
    const text = new Dice(task.id).bytes(100_000);
    await server.ask('POST', `/api/v1${root}/tasks/${task.id}/attachments?name=a.bin`, { text, headers: { 'content-type': 'application/octet-stream' } });
  }
  return tasks;
}

/** Every address that shows something of what was written. */
export async function placesOf(server, { workspace, project }, tasks) {
  const root = `/api/v1/workspaces/${workspace}`;
  const places = ['/api/v1/me', '/api/v1/me/sessions', `${root}/members`, `${root}/projects`, `${root}/projects/${project}/board`];
  places.push(`${root}/projects/${project}/tasks?archived=any&limit=500`, `${root}/changes?after=0&limit=500`);
  for (const { id } of tasks) places.push(`${root}/tasks/${id}`, `${root}/tasks/${id}/comments`);
  for (const { id } of tasks.slice(0, mostFiles)) {
    const { items } = await server.json('GET', `/workspaces/${workspace}/tasks/${id}/attachments`);
    for (const item of items) places.push(`${root}/attachments/${item.id}/file`);
  }
  return [...places, ...tasks.slice(-5).map(task => `${root}/search?q=${encodeURIComponent(task.title)}`)];
}

/** By address, a digest of what is answered, or the status. Cut off in the middle of a file is an answer too: 0. */
export async function lookAround(server, places) {
  const seen = new Map();
  for (const place of places) {
    const { status, body } = await server.ask('GET', place).catch(() => ({ status: 0, body: '' }));
    seen.set(place, status === 200 ? createHash('sha256').update(body).digest('hex') : status);
  }
  return seen;
}
