import { setTimeout as pause } from 'node:timers/promises';
import { program, run } from '../../bench/program.mjs';

/** What must hold after every restart, when nothing is open any more. Gives a sentence for each thing that does not. */
export async function violations(server, place, ledger) {
  const wrong = [];
  const there = await allTasks(server, place);
  checkTasks(ledger, there, wrong);
  await checkChanges(server, place, there, wrong);
  await checkBoard(server, place, there, wrong);
  await checkSearch(server, place, ledger, wrong);
  return wrong;
}

/** A sentence, if `dialpine doctor` has something to mend. */
export async function doctorsFindings(data) {
  try {
    await run(program, ['--data', data, 'doctor']);
    return [];
  } catch (failure) {
    return [`doctor found: ${failure.message}`];
  }
}

/** The items of a list, page after page. */
async function every(server, path) {
  const items = [];
  let cursor = '';
  do {
    const page = await server.json('GET', `${path}limit=500${cursor}`);
    items.push(...page.items);
    cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
  } while (cursor);
  return items;
}

export const allTasks = (server, { workspace, project }) =>
  every(server, `/workspaces/${workspace}/projects/${project}/tasks?archived=any&sort=created&`);

/** Every acknowledged write is there exactly once, and nothing else is. */
function checkTasks(ledger, there, wrong) {
  const byId = new Map(there.map(task => [task.id, task]));
  if (byId.size !== there.length) wrong.push('the list gives a task twice');
  let expected = 0;
  for (const task of ledger.tasks.values()) {
    const found = byId.get(task.id);
    if (task.isRemoved) {
      if (found) wrong.push(`"${task.title}" was removed and is there again`);
      continue;
    }
    ++expected;
    if (!found) wrong.push(`"${task.title}" was acknowledged and is lost`);
    else if (found.title !== task.title) wrong.push(`"${task.title}" is there as "${found.title}"`);
    else if (found.description !== task.description) wrong.push(`the description of "${task.title}" is not what was sent`);
  }
  if (there.length !== expected) wrong.push(`${there.length} tasks are there, of ${expected} that were made`);
  const numbers = new Set(there.map(task => task.number));
  if (numbers.size !== there.length) wrong.push('two tasks have one number');
}

/** The change log counts without a gap and knows each task. */
export async function checkChanges(server, { workspace }, there, wrong) {
  const created = new Set();
  let number = 0;
  for (;;) {
    const page = await server.json('GET', `/workspaces/${workspace}/changes?after=${number}&limit=500`);
    for (const change of page.items) {
      if (change.number !== number + 1) wrong.push(`the change log goes from ${number} to ${change.number}`);
      number = change.number;
      if (change.kind !== 'task.created') continue;
      if (created.has(change.object_id)) wrong.push(`change ${number} creates a task for the second time`);
      created.add(change.object_id);
    }
    if (page.items.length === 0) {
      if (page.last !== number) wrong.push(`the change log ends with ${number}, but says ${page.last}`);
      break;
    }
  }
  for (const task of there) if (!created.has(task.id)) wrong.push(`the change log does not know "${task.title}"`);
}

/** The board shows each task, by its title. */
export async function checkBoard(server, { workspace, project }, there, wrong) {
  const board = await server.json('GET', `/workspaces/${workspace}/projects/${project}/board`);
  const titles = new Map(board.tasks.map(task => [task.id, task.title]));
  if (titles.size !== there.length) wrong.push(`the board shows ${titles.size} tasks of ${there.length}`);
  for (const task of there) if (titles.get(task.id) !== task.title) wrong.push(`the board does not show "${task.title}"`);
}

/** Searches for tasks of this round and of earlier ones, one by one. */
async function checkSearch(server, { workspace }, ledger, wrong) {
  const all = [...ledger.tasks.values()];
  const step = Math.max(1, Math.floor(all.length / 8));
  const chosen = [...all.filter((_, i) => i % step === 0), ...all.slice(-8)];
  for (const task of chosen) {
    if (!(await comesTrue(() => isAsFound(server, workspace, task))))
      wrong.push(task.isRemoved ? `the search finds "${task.description}", which was removed` : `the search does not find "${task.description}"`);
  }
}

/** Whether the search has a task that is there, and none that was removed. */
async function isAsFound(server, workspace, task) {
  const { items } = await server.json('GET', `/workspaces/${workspace}/search?q=${encodeURIComponent(task.description)}`);
  return items.some(hit => hit.task_id === task.id) !== Boolean(task.isRemoved);
}

/** After a restart under load the index may be behind for longer than a search waits for it. */
export async function comesTrue(holds, patience = 10_000) {
  const end = Date.now() + patience;
  do {
    if (await holds()) return true;
    await pause(100);
  } while (Date.now() < end);
  return false;
}
