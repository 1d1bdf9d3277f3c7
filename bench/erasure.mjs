/**
 * How long others' writes wait while somebody is erased from a large database. `node bench/erasure.mjs [--rows N]` (10,000,000); needs
 * sqlite3. The rows are written into the file itself, because by the API they would take an hour.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder, Server } from './program.mjs';

const { values: wish } = parseArgs({ options: { rows: { type: 'string' } } });
const rows = Number(wish.rows ?? 10_000_000);
const data = join(makeFolder(), 'data');
const hex = id => `x'${id.replaceAll('-', '')}'`;

async function people() {
  let server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const mia = server.token;
  const workspace = (await server.json('POST', '/workspaces', { name: 'Large' })).id;
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Large' })).id;
  const task = (await server.json('POST', `/workspaces/${workspace}/projects/${project}/tasks`, { title: 'Written all the time' })).id;
  const some = {};
  for (const name of ['few', 'usual', 'many']) {
    await server.signUp(name, `${name}@dialpine.example`);
    some[name] = { token: server.token, id: (await server.json('GET', '/me')).id };
  }
  await server.end();
  return { mia, workspace, project, task, some };
}

/** Three rows in five are comments, the others changes; 10,000 authors, and 1,000 and 100,000 comments by two of ours. */
function fill({ workspace, task, some }) {
  const comments = Math.floor(rows * 0.6);
  const changes = rows - comments;
  const author = `CASE WHEN i <= 100000 THEN ${hex(some.many.id)} WHEN i <= 101000 THEN ${hex(some.usual.id)}
    WHEN i <= 101010 THEN ${hex(some.few.id)} ELSE (SELECT id FROM authors WHERE n = i % 10000) END`;
  const sql = `PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; BEGIN;
    CREATE TEMP TABLE authors (n INTEGER PRIMARY KEY, id BLOB);
    WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 9999) INSERT INTO authors SELECT i, randomblob(16) FROM c;
    WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${comments})
    INSERT INTO comments SELECT ${hex(workspace)}, CAST(printf('%016d', i) AS BLOB), ${hex(task)}, ${author}, 1790000000000 + i, 1790000000000 + i, NULL, NULL, 'A comment of the usual length, which says something about the work.' FROM c;
    WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${changes})
    INSERT INTO changes SELECT ${hex(workspace)}, 1000000 + i, 'task_changed', ${hex(task)}, NULL, ${hex(task)},
      CASE WHEN i <= 2000 THEN ${hex(some.usual.id)} ELSE (SELECT id FROM authors WHERE n = i % 10000) END, 1790000000000 + i FROM c;
    COMMIT;`;
  execFileSync('sqlite3', [join(data, 'dialpine.db')], { input: sql, maxBuffer: 1 << 26 });
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function main() {
  const place = await people();
  const began = performance.now();
  fill(place);
  console.log(`${rows} rows filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const server = await Server.start(data);
  let isOver = false;
  let waits = [];
  const write = async () => {
    for (let i = 0; !isOver; ++i) {
      const begin = performance.now();
      const answer = await server.ask('PATCH', `/api/v1/workspaces/${place.workspace}/tasks/${place.task}`, {
        body: { title: `Written ${i}` }, headers: { authorization: `Bearer ${place.mia}` },
      });
      if (answer.status !== 200) throw new Error(String(answer.body));
      waits.push(performance.now() - begin);
    }
  };
  const writing = write();
  await new Promise(done => setTimeout(done, 3000));
  const show = (what, took) => {
    const sorted = waits.toSorted((a, b) => a - b);
    console.log(`${what.padEnd(34)} ${took.padStart(10)}   writes: median ${at(sorted, 0.5).toFixed(1)} ms, longest ${sorted.at(-1).toFixed(0)} ms, of ${sorted.length}`);
    waits = [];
  };
  show('nobody is erased', '3.0 s');
  for (const [name, count] of [['few', '10 traces'], ['usual', '3,000 traces'], ['many', '100,000 traces']]) {
    const begin = performance.now();
    server.token = place.some[name].token;
    const gone = await server.json('DELETE', '/me', { password: 'correct horse battery' });
    const took = `${((performance.now() - begin) / 1000).toFixed(2)} s`;
    if (gone.state !== 'done') throw new Error(JSON.stringify(gone));
    await new Promise(done => setTimeout(done, 200));
    show(`erased: ${count}`, took);
  }
  isOver = true;
  await writing;
  await server.end();
}
await main();
