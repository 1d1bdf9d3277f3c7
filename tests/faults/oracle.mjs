/** What `tests/faults/oracle` runs. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder, program, run, start } from '../../bench/program.mjs';
import { Browser, follow, multipart, password, raw } from './browser.mjs';
import { Canaries, foundInFolder, foundInMemory } from './canaries.mjs';

if (process.argv.includes('--help')) {
  console.log(`Usage: tests/faults/oracle

Starts a server on data of its own and has Erna work with it: each place where something of her can get to holds a word of its own, by the API, in
headers, file names, malformed bodies, searches, addresses, an imported board, messages of a WebSocket. A backup is made, others export, and she is
erased. Then no byte of the data folder, the backup opened with the keys as they are now, the log, the metrics, the others' answers and the memory
of the running server holds any of those words; everybody else's pages open, name nobody who is gone, and count what they counted.`);
  process.exit(0);
}

const wrong = [];
const check = (what, good, detail = '') => {
  if (!good) wrong.push(what);
  console.log(`${good ? 'ok    ' : 'WRONG '} ${what}${detail === '' || (good && String(detail).length > 200) ? '' : `: ${detail}`}`);
};
const none = (what, found) => check(what, found.length === 0, [...new Set(found)].slice(0, 12).join(' | '));

const erna = new Canaries(); // what must go
const team = new Canaries(); // what must stay: the proof that the search sees
const folder = makeFolder();
const data = join(folder, 'data');
let log = '';

async function serve() {
  const child = start(program, [
    'serve', '--data', data, '--port', '0', '--log-level', 'debug', '--log-format', 'json', '--threads', '2',
  ]);
  child.stderr.on('data', piece => (log += piece));
  const port = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const at = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
      if (at) found(Number(at[1]));
    });
    child.ended.then(() => failed(new Error(log)), failed);
  });
  return { child, port };
}

/** A board in which Erna is a member, and wrote a comment. */
function boardWith(name) {
  return readFileSync(new URL('../fixtures/trello-small.json', import.meta.url), 'utf8').replaceAll('Sten Beispiel', name);
}

async function importBoard(browser, workspace, file, name) {
  const job = await browser.json('POST', `/workspaces/${workspace}/imports?source=trello`, multipart(file, boardWith(name)), {
    'content-type': 'multipart/form-data; boundary=cut',
  });
  for (;;) {
    const now = await browser.json('GET', `/workspaces/${workspace}/imports/${job.id}`);
    if (now.state === 'done') return now;
    if (now.state === 'failed') throw new Error(JSON.stringify(now));
    await pause(20);
  }
}

/** Erna does everything that a person can do, and some things that none should. */
async function plant(port, mia, place) {
  const name = () => `Erna ${erna.at('name')}`;
  const browser = new Browser(port, `Mozilla/5.0 (X11; Linux) Firefox/${erna.at('user agent')}`);
  const email = `${erna.at('address')}@dialpine.example`;
  await browser.signUp(name(), email);
  // She was in a board before she came: an imported name, which her account claims.
  await importBoard(mia, place.workspace, `${team.at('file name of an import')}.json`, `Erna ${erna.at('name in an imported board')}`);
  const people = (await mia.json('GET', `/workspaces/${place.workspace}/people?limit=500`)).items;
  const imported = people.find(one => one.name.startsWith('Erna '));
  const invitation = await mia.json('POST', `/workspaces/${place.workspace}/invitations`, { role: 'admin', person_id: imported.id });
  await browser.json('POST', '/invitations/accept', { token: invitation.link.split('#')[1] });

  const at = `/workspaces/${place.workspace}`;
  const inProject = `${at}/projects/${place.project}`;
  const key = () => ({ 'idempotency-key': erna.at('idempotency key') });
  const task = await browser.json('POST', `${inProject}/tasks`, { title: `Sand ${team.at('title by Erna')}` }, key());
  await browser.json('POST', `${at}/tasks/${task.id}/comments`, { body: `Twice ${team.at('comment by Erna')}` }, key());
  await mia.json('PATCH', `${at}/tasks/${place.task}`, { description: `@[${browser.id}] please ${team.at('description by Mia')}` });
  await mia.json('PATCH', `${at}/tasks/${place.task}`, { assignee_ids: [browser.id, mia.id] });
  await mia.json('POST', `${at}/tasks/${place.task}/comments`, { body: `Thank you, @[${browser.id}]` });
  await browser.json('PATCH', `${at}/tasks/${task.id}`, { title: `Sand twice ${team.at('title by Erna, changed')}` });
  await browser.json('POST', `${at}/invitations`, { role: 'guest' }, key());
  await browser.json('POST', '/workspaces', { name: `Alone ${erna.at('workspace of Erna alone')}` }, key());
  await importBoard(browser, place.workspace, `${erna.at('file name of an import')}.json`, 'Sten Beispiel');

  // Her account, changed; mail that waits; choices; exports.
  await browser.json('PATCH', '/me', { name: name() });
  await browser.json('PATCH', '/me', { email: `${erna.at('address that waits')}@dialpine.example`, current_password: password });
  await browser.json('PUT', '/me/consents/product_mail', { state: 'given' });
  await browser.json('PUT', '/me/consents/product_mail', { state: 'withdrawn' });
  await browser.ask('GET', '/api/v1/me', undefined, { 'sec-gpc': '1' });
  const mine = await browser.json('POST', '/me/exports', { password });
  await browser.ask('GET', `/api/v1/me/exports/${mine.id}/file`);
  const again = new Browser(port, erna.at('user agent of another browser'));
  await again.ask('POST', '/api/v1/sessions', { email, password });
  await again.ask('POST', '/api/v1/sessions', { email, password: erna.at('wrong password') });

  // What else she tells of herself, and what she switched on to be counted and kept.
  await browser.json('PATCH', '/me/profile', {
    job_title: erna.at('job title'), company: erna.at('company'), postal_address: erna.at('postal address'), gender: erna.at('gender'),
    profession: erna.at('profession'), industry: erna.at('industry'), shows_job_title: true, shows_company: true,
  });
  for (const purpose of ['usage_statistics', 'search_history', 'collaboration_graph', 'device_information', 'crash_reports', 'personalisation', 'log_linking'])
    await browser.json('PUT', `/me/consents/${purpose}`, { state: 'given', despite_signal: true });
  await browser.ask('GET', `/api/v1${at}/search?q=${erna.at('search that is kept')}`);
  await browser.ask('GET', `/api/v1${inProject}/board`, undefined, { referer: `http://${erna.at('site that led here')}.example/x` });
  await browser.ask('POST', '/api/v1/crash-reports', {
    kind: 'TypeError', message: `of ${erna.at('message of a crash')}`, stack: `at x (/assets/index.js:1:1?${erna.at('stack of a crash')})`,
  });
  const file = await browser.ask('POST', `/api/v1${at}/tasks/${task.id}/attachments?name=${erna.at('name of a file')}.txt`, Buffer.from('Only words.\n'), {
    'content-type': 'application/octet-stream',
  });
  check('a file is taken', file.status === 201, file.body);
  await browser.ask('GET', `/api/v1${at}/attachments/${JSON.parse(file.body).id}/file`);
  await browser.ask('POST', `/api/v1${at}/subject-searches`, { name: erna.at('name that a search about somebody was for'), password });

  // What is looked for, asked wrongly, or sent without sense.
  await browser.ask('GET', `/api/v1${at}/search?q=${erna.at('search')}`);
  await browser.ask('GET', `/api/v1${at}/search?q=x&nothing=${erna.at('unknown parameter')}`);
  await browser.ask('GET', `/api/v1${at}/tasks/${erna.at('no id')}`);
  await browser.ask('GET', `/${erna.at('address of no page')}?${erna.at('its query')}`);
  await browser.ask('POST', `/api/v1${inProject}/tasks`, `{"title": "${erna.at('malformed body')}`);
  await browser.ask('POST', `/api/v1${inProject}/tasks`, { title: 'x', [erna.at('unknown member')]: erna.at('its value') });
  await browser.ask('PATCH', '/api/v1/me', { email: `${erna.at('no address')}` });
  await browser.ask('GET', '/api/v1/me', undefined, {
    [`x-${erna.at('name of a header')}`]: erna.at('header'),
    cookie: `other=${erna.at('cookie')}`,
    referer: `http://127.0.0.1/${erna.at('referrer')}`,
    'x-forwarded-for': erna.at('forwarded for'),
    'accept-language': erna.at('language'),
    'if-none-match': `"${erna.at('entity tag')}"`,
  });
  await raw(port, `GET /${erna.at('path without a version')}\r\n\r\n`);
  await raw(port, `${erna.at('no verb')} / HTTP/1.1\r\nHost: x\r\n\r\n`);
  await raw(port, `POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"email": "${erna.at('body that was cut')}`);
  await browser.ask('POST', `/api/v1${at}/imports?source=trello`, multipart(erna.at('file name of no board'), erna.at('no board')), {
    'content-type': 'multipart/form-data; boundary=cut',
  });
  const { items: documents } = await browser.json('GET', '/documents');
  const changed = documents.find(one => one.versions.length > 1);
  const objection = await browser.json('POST', '/me/change-objections', {
    document: changed.document, version: changed.version, reason: `No ${erna.at('objection to a change')}`,
  });
  // By a connection that ends: an open one holds what it read last until it reads on.
  const operator = new Browser(port, mia.headers['user-agent']);
  operator.token = mia.token;
  await operator.json('POST', `/operator/change-objections/${objection.id}/answer`, { answer: `Then not ${erna.at('answer to an objection')}` });
  operator.agent.destroy();
  const socket = await follow(port, browser.token, place.workspace, erna.at('user agent of a WebSocket'), erna.at('message of a WebSocket'));
  return { browser, again, socket, task };
}

/** All that a colleague can read, by path. */
async function readBy(browser, place) {
  const at = `/workspaces/${place.workspace}`;
  const paths = [
    '/me', '/me/data', '/me/tasks', '/me/log', '/me/holds', '/workspaces', at, `${at}/members`, `${at}/people?limit=500`, `${at}/projects`,
    `${at}/projects/${place.project}`, `${at}/projects/${place.project}/board`, `${at}/projects/${place.project}/tasks?limit=500&archived=any`,
    `${at}/invitations`, `${at}/changes?after=0&limit=500`, `${at}/trash`, `${at}/teams`, `${at}/tasks/${place.task}`, `${at}/tasks/${place.task}/comments`,
    `${at}/search?q=Sand`, `${at}/search?q=Erna`, '/operator/outbox', '/log/entries?limit=500', '/instance', '/records/categories',
  ];
  const read = new Map();
  for (const path of paths) read.set(path, await browser.ask('GET', `/api/v1${path}`));
  return read;
}

/** What colleagues count: how many of what, and the board's columns. */
function counts(read, place) {
  const body = path => JSON.parse(read.get(path).body);
  const at = `/workspaces/${place.workspace}`;
  const board = body(`${at}/projects/${place.project}/board`);
  const columns = {};
  for (const task of board.tasks) columns[task.status_id] = (columns[task.status_id] ?? 0) + 1;
  return JSON.stringify({
    tasks: body(`${at}/projects/${place.project}/tasks?limit=500&archived=any`).items.length,
    columns,
    comments: body(`${at}/tasks/${place.task}/comments`).items.length,
    mine: body('/me/tasks').items.length,
    found: body(`${at}/search?q=Sand`).items?.length,
    projects: body(`${at}/projects`).items.length,
  });
}

/** The ids of persons in an answer that the workspace does not know. */
function dangling(read, place) {
  const at = `/workspaces/${place.workspace}`;
  const known = new Set(JSON.parse(read.get(`${at}/people?limit=500`).body).items.map(one => one.id));
  const names = new Set(['created_by', 'changed_by', 'author_id', 'actor_id', 'assignee_ids', 'person_id', 'started_by']);
  const lost = [];
  const look = (value, path) => {
    if (Array.isArray(value)) value.forEach(one => look(one, path));
    else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) {
        if (names.has(name)) for (const id of [inner].flat()) if (typeof id === 'string' && !known.has(id)) lost.push(`${path} ${name}`);
        look(inner, path);
      }
  };
  for (const [path, answer] of read)
    if (path.startsWith(at) && /json/.test(answer.headers['content-type'] ?? '')) look(JSON.parse(answer.body), path);
  return lost;
}

const { child, port } = await serve();
const mia = new Browser(port, 'Mozilla/5.0 (X11; Linux) Firefox/130');
await mia.signUp('Mia Example', 'mia@dialpine.example');
const workspace = (await mia.json('POST', '/workspaces', { name: `Pine ${team.at('workspace')}` })).id;
const project = (await mia.json('POST', `/workspaces/${workspace}/projects`, { name: 'Website' })).id;
const task = (await mia.json('POST', `/workspaces/${workspace}/projects/${project}/tasks`, { title: `Sand ${team.at('title by Mia')}` })).id;
const place = { workspace, project, task };
const sten = new Browser(port, 'Mozilla/5.0 (Windows) Firefox/130');
await sten.signUp('Sten Example', 'sten@dialpine.example');
const link = (await mia.json('POST', `/workspaces/${workspace}/invitations`, { role: 'admin' })).link;
await sten.json('POST', '/invitations/accept', { token: link.split('#')[1] });

const planted = await plant(port, mia, place);
console.log(`${erna.words.size} words planted`);
const before = await readBy(mia, place);
await readBy(sten, place);
await readBy(planted.browser, place);
for (const [path, answer] of before) if (answer.status !== 200) check(`Mia reads ${path}`, false, `${answer.status} ${answer.body}`);
const exportOf = async browser => {
  const job = await browser.json('POST', '/me/exports', { password });
  return (await browser.ask('GET', `/api/v1/me/exports/${job.id}/file`)).body;
};
await exportOf(sten);
const backup = join(folder, 'backup');
await run(program, ['--data', data, 'backup', '--out', backup]);
await run(program, ['--data', data, 'export', 'workspace', workspace, '--out', join(folder, 'before.zip')]);

// The searches see: what is the team's is found, and what is Erna's is in memory while she is here.
check('the search sees files', foundInFolder(team, data).length > 0);
none('what is sealed is in no file even before', foundInFolder(erna, data).filter(one => !/workspace of Erna|unknown/.test(one)));
const seen = foundInMemory(erna, child.pid);
if (seen === undefined) console.log('SKIPPED the memory of the server: this user may not read it');
else check('the search sees memory', foundInMemory(team, child.pid).length > 0 && seen.length > 0, `${seen.length} of Erna's words`);

const begin = performance.now();
const gone = await planted.browser.json('DELETE', '/me', { password });
const answered = performance.now() - begin;
await Promise.race([planted.socket.closed_, pause(5000)]);
check('her WebSocket is closed', planted.socket.destroyed);
planted.browser.agent.destroy();
planted.again.agent.destroy();
check('her session has ended', (await planted.again.ask('GET', '/api/v1/me', undefined, { authorization: `Bearer ${planted.browser.token}` })).status === 401);
planted.again.agent.destroy();
none('no file of the data folder holds anything of her', foundInFolder(erna, data));
console.log(`       answered after ${answered.toFixed(0)} ms, swept after ${(performance.now() - begin).toFixed(0)} ms`);
check('promptly: within five seconds', performance.now() - begin < 5000);

// Everybody else's pages.
const after = await readBy(mia, place);
for (const [path, answer] of after) {
  if (answer.status !== 200) check(`Mia still reads ${path}`, false, `${answer.status} ${answer.body}`);
  none(`${path} names nobody who is gone`, [...erna.in(answer.body)].concat(answer.body.includes(planted.browser.id) ? ['her id'] : []).filter(
    // The description and comment still hold the id that Mia wrote: a pseudonym that leads to nobody.
    found => !(found === 'her id' && /tasks|comments|board|search|log|changes|data/.test(path))));
}
check('others count what they counted', counts(before, place) === counts(after, place), `${counts(before, place)} ${counts(after, place)}`);
none('no author dangles', dangling(after, place));
none("another person's new export holds nothing of her", [...erna.in(await exportOf(sten))]);
await run(program, ['--data', data, 'export', 'workspace', workspace, '--out', join(folder, 'after.zip')]);
await run('unzip', ['-q', join(folder, 'after.zip'), '-d', join(folder, 'after')]);
none("the workspace's new export holds nothing of her", foundInFolder(erna, join(folder, 'after')));
check("and the team's work is in it", foundInFolder(team, join(folder, 'after')).length > 0);

none('the log holds nothing of her', [...erna.in(Buffer.from(log))]);
none('the metrics hold nothing of her', [...erna.in((await mia.ask('GET', '/metrics')).body)]);

if (seen !== undefined) {
  const left = foundInMemory(erna, child.pid);
  none('the memory of the running server holds nothing of her', left);
}

// The certificate can be checked with nothing but itself: it stands in the log that this instance signs.
const sha256 = bytes => createHash('sha256').update(bytes).digest();
function rootFrom(leaf, index, size, path) {
  let [node, last, hash] = [index, size - 1, leaf];
  for (const step of path.map(one => Buffer.from(one, 'hex'))) {
    if (node % 2 === 1 || node === last) {
      hash = sha256(Buffer.concat([Buffer.from([1]), step, hash]));
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1];
    } else hash = sha256(Buffer.concat([Buffer.from([1]), hash, step]));
    [node, last] = [node >> 1, last >> 1];
  }
  return hash.toString('hex');
}
const { log: logged, ...report } = gone.report;
check('the certificate is the one in the log', JSON.parse(logged.statement).certificate_sha256 === sha256(JSON.stringify({ ...report, log: null })).toString('hex'));
check('its inclusion proof leads to the signed root', rootFrom(Buffer.from(logged.proof.leaf_hash, 'hex'), logged.proof.index, logged.proof.size, logged.proof.path) === logged.head.root);
writeFileSync(join(folder, 'head.json'), JSON.stringify(logged.head));
const verified = await run(program, ['--data', data, 'log', 'verify', '--head', join(folder, 'head.json')]);
check('the log is whole, and has only grown since the certificate', verified.length > 0);

child.kill('SIGTERM');
await child.ended;
none('nor does a file once the server has stopped', foundInFolder(erna, data));

// The backup's database with the keys as they are now, first as bytes, then opened.
none("no byte of the backup's database holds what was sealed", foundInFolder(erna, join(backup, 'database')).filter(one => !/workspace of Erna/.test(one)));
const opened = join(folder, 'opened');
mkdirSync(opened);
cpSync(join(backup, 'database', 'dialpine.db'), join(opened, 'dialpine.db'));
if (existsSync(join(backup, 'database', 'blobs'))) cpSync(join(backup, 'database', 'blobs'), join(opened, 'blobs'), { recursive: true });
cpSync(join(data, 'keys'), join(opened, 'keys'), { recursive: true });
const users = await run(program, ['--data', opened, 'user', 'list']);
check('opened with the keys of now, the backup lists the others alone', !users.includes('Erna') && users.includes('Sten Example'), users);
await run(program, ['--data', opened, 'export', 'workspace', workspace, '--out', join(folder, 'opened.zip')]);
await run('unzip', ['-q', join(folder, 'opened.zip'), '-d', join(folder, 'opened-export')]);
none('and its export holds nothing of her', foundInFolder(erna, join(folder, 'opened-export')));
none('nor does any byte of it', foundInFolder(erna, opened));

// Put back on this data.
await run(program, ['--data', data, 'restore', backup]);
const restored = await run(program, ['--data', data, 'user', 'list']);
check('put back, she is erased again before anybody is answered', !restored.includes('Erna'), restored);
none('and no byte of her is in the folder', foundInFolder(erna, data));

writeFileSync(join(folder, 'log'), log);
console.log(wrong.length ? `${wrong.length} WRONG` : 'Nothing of her is left.');
process.exit(wrong.length ? 1 : 0);
