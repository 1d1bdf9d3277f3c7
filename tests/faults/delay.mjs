/** What `tests/faults/delay` runs: first itself, and in processes of their own the reader and the burners. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeBoard } from '../../bench/boards.mjs';
import { makeFolder, Server, start } from '../../bench/program.mjs';

const help = `Usage: tests/faults/delay [--seconds N] [--tasks N] [--limit MS] [--only WORD]

One client reads one task, again and again, with a pause of 2 ms between. Meanwhile costly requests of one kind are sent as fast as they
are answered, one kind after the other. Says for each kind how long the reads took, and how much longer than with nothing else: measured
right before, since a machine is not the same from minute to minute. Client, server and costly clients share the machine's cores, so the
first row says what two processes cost that only count, at the niceness of the server's own long work.

Fails where the 99th percentile is more than MS (20) above that with nothing else.

  --seconds N  of each measurement (8)
  --tasks N    that the workspace has (100000)
  --only WORD  measures the kinds with this word in their name`;

const here = fileURLToPath(import.meta.url);
const password = 'correct horse battery';
const niceness = 10; // of the server's long work

/** Reads the same path for some seconds and prints how long each answer took, in microseconds. */
async function read([port, path, token, seconds]) {
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.setNoDelay(true);
  const broken = new Promise((_done, failed) => socket.once('error', failed));
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  const took = [];
  const until = performance.now() + Number(seconds) * 1000;
  while (performance.now() < until) {
    const started = performance.now();
    const whole = new Promise(done => {
      let text = '';
      const take = piece => {
        text += piece.toString('latin1');
        const end = text.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
        if (end < 0 || text.length < end + 4 + length) return;
        socket.off('data', take);
        done(text);
      };
      socket.on('data', take);
      socket.write(request);
    });
    const answer = await Promise.race([whole, broken]);
    took.push(Math.round((performance.now() - started) * 1000));
    if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(answer.slice(0, 200));
    await pause(2);
  }
  socket.destroy();
  console.log(JSON.stringify(took));
}

function burn() {
  setPriority(niceness);
  for (;;);
}

async function readings({ server, path }, seconds) {
  const { port } = new URL(server.address);
  const child = start(process.execPath, [here, 'read', port, path, server.token, String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.ended.then(({ code }) => code === 0 || failed(new Error('The reader failed.')), failed);
  });
  await child.ended;
  const sorted = JSON.parse(line).sort((a, b) => a - b);
  const at = part => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] / 1000;
  return { median: at(0.5), p99: at(0.99), max: at(1) };
}

/** Does something again and again, in so many at once, until told to end; then says how often it was done. */
function again(atOnce, once) {
  let isOver = false;
  let count = 0;
  const all = Array.from({ length: atOnce }, async () => {
    while (!isOver) {
      await once(count);
      ++count;
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(all);
    return count;
  };
}

async function finished(server, path) {
  for (;;) {
    const job = await server.json('GET', path);
    if (job.state === 'done') return;
    if (job.state === 'failed') throw new Error(`${path} failed: ${JSON.stringify(job.problem)}`);
    await pause(50);
  }
}

async function importBoard(place, board) {
  const { server, workspace } = place;
  const job = await server.json('POST', `/workspaces/${workspace}/imports?source=trello`, board);
  await finished(server, `/workspaces/${workspace}/imports/${job.id}`);
}

async function prepare(tasks) {
  const server = await Server.start(join(makeFolder(), 'data'));
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Busy' })).id;
  const place = { server, workspace };
  const cards = 10_000; // of a board
  for (let made = 0; made < tasks; made += cards) await importBoard(place, JSON.parse(makeBoard(made / cards, Math.min(cards, tasks - made))));
  const project = (await server.json('POST', `/workspaces/${workspace}/projects`, { name: 'Read', key: 'READ' })).id;
  const task = (await server.json('POST', `/workspaces/${workspace}/projects/${project}/tasks`, { title: 'The one that is read' })).id;
  const projects = (await server.json('GET', `/workspaces/${workspace}/projects`)).items;
  return { ...place, task, path: `/api/v1/workspaces/${workspace}/tasks/${task}`, boards: projects.filter(each => each.id !== project).map(each => each.id) };
}

/** A JPEG of 20 MB: built as one, of nothing but noise, and with a place to take out. */
function largePicture() {
  const segment = (marker, content) => Buffer.concat([Buffer.from([0xff, marker]), Buffer.from([(content.length + 2) >> 8, (content.length + 2) & 255]), content]);
  const noise = randomBytes(20 * 1024 * 1024).map(byte => byte % 255);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]), segment(0xe1, Buffer.from('Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0', 'latin1')), segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.from('\b\0\x10\0\x10\x01\x01\x11\0', 'latin1')), segment(0xda, Buffer.from('\x01\x01\0\0?\0', 'latin1')), noise,
    Buffer.from([0xff, 0xd9]),
  ]);
}

const download = async (server, path) => {
  const answer = await server.ask('GET', path, { headers: { 'accept-encoding': 'gzip' } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
};

function kinds(place) {
  const { server, workspace, task, boards } = place;
  const picture = largePicture();
  const hard = ['a', 'k l', 'ka lo mi ne ru', 'paint', 'カ', 'sta ven dor pil gra tem os ber', 'k m n s'];
  let board = 1000;
  return {
    'sign-ins that fail, 16 at once': () =>
      again(16, i => server.ask('POST', '/api/v1/sessions', { body: { email: `nobody${i}@dialpine.example`, password } })),
    'boards of 10,000 cards imported': () => again(1, () => importBoard(place, JSON.parse(makeBoard(++board, 10_000)))),
    'exports of the workspace, 2 at once': () =>
      again(2, async () => {
        const job = await server.json('POST', `/workspaces/${workspace}/exports`, { password });
        await download(server, `/api/v1/workspaces/${workspace}/exports/${job.id}/file`);
      }),
    'exports of a person, 2 at once': () =>
      again(2, async () => {
        const job = await server.json('POST', '/me/exports', { password });
        await download(server, `/api/v1/me/exports/${job.id}/file`);
      }),
    'searches for what stands everywhere, 8 at once': () =>
      again(8, i => server.json('GET', `/workspaces/${workspace}/search?limit=100&q=${encodeURIComponent(hard[i % hard.length])}`)),
    'boards of 10,000 cards opened, 2 at once': () =>
      again(2, async i => {
        const project = boards[i % boards.length];
        await server.json('PATCH', `/workspaces/${workspace}/projects/${project}`, { description: `Changed ${i}` });
        await download(server, `/api/v1/workspaces/${workspace}/projects/${project}/board`);
      }),
    'pictures of 20 MB put on a task': () =>
      again(1, async () => {
        const path = `/api/v1/workspaces/${workspace}/tasks/${task}/attachments?name=large.jpg`;
        const { status } = await server.ask('POST', path, { text: picture, headers: { 'content-type': 'image/jpeg' } });
        if (status !== 201) throw new Error(`The picture was answered ${status}`);
      }),
  };
}

/** The burners of the first row, which the server has no part in. */
function burners() {
  const all = [1, 2].map(() => start(process.execPath, [here, 'burn']));
  return async () => {
    for (const each of all) each.kill('SIGKILL');
    await Promise.all(all.map(each => each.ended));
    return 0;
  };
}

async function main(wish) {
  const seconds = Number(wish.seconds ?? 8);
  const limit = Number(wish.limit ?? 20);
  const place = await prepare(Number(wish.tasks ?? 100_000));
  let failed = 0;
  const row = (name, ...cells) => console.log(`${name.padEnd(48)}${cells.map(cell => String(cell).padStart(12)).join('')}`);
  row('milliseconds', 'median', 'p99', 'max', '+median', '+p99', '+max', 'done');
  for (const [name, begin] of Object.entries({ 'two processes that only count': burners, ...kinds(place) })) {
    if (!name.includes(wish.only ?? '')) continue;
    const alone = await readings(place, seconds);
    const end = begin();
    await pause(200);
    const beside = await readings(place, seconds);
    const count = await end();
    const cells = ['median', 'p99', 'max'].map(part => beside[part].toFixed(2));
    const more = ['median', 'p99', 'max'].map(part => (beside[part] - alone[part]).toFixed(2));
    if (beside.p99 - alone.p99 > limit) ++failed;
    row(name, ...cells, ...more, count);
  }
  await place.server.end();
  return failed ? 1 : 0;
}

if (process.argv[2] === 'read') await read(process.argv.slice(3));
else if (process.argv[2] === 'burn') burn();
else {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, seconds: { type: 'string' }, tasks: { type: 'string' }, limit: { type: 'string' }, only: { type: 'string' } },
  });
  if (values.help) console.log(help);
  else process.exit(await main(values));
}
