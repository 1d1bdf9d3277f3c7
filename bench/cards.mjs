/**
 * What `bench/page` runs: a board of 1,000 cards in Chromium on a CPU slowed four times. A visit begins with an empty cache; the
 * machine's own speed is in the figures: run it while nothing else runs.
 */
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBoard } from './boards.mjs';
import { median, percentile } from './load.mjs';
import { makeFolder, program, run, Server } from './program.mjs';
import { atLeast, toTable, under, units } from './table.mjs';

const { values: wish } = parseArgs({
  options: { cards: { type: 'string', default: '1000' }, runs: { type: 'string', default: '5' }, slowed: { type: 'string', default: '4' } },
});
const cards = Number(wish.cards);
const slowed = Number(wish.slowed);
const { chromium } = createRequire(new URL('../web/package.json', import.meta.url))('playwright-core');
const framesPerSecond = value => `${value.toFixed(1)} /s`;
const say = text => process.stderr.write(`${text}\n`);

/** A server with one board, and the address of its page. */
async function boardServer() {
  const folder = makeFolder();
  const data = join(folder, 'data');
  const server = await Server.start(data);
  await server.signUp('Mia Example', 'mia@dialpine.example');
  const workspace = (await server.json('POST', '/workspaces', { name: 'Bench' })).id;
  const file = join(folder, 'board.json');
  writeFileSync(file, makeBoard(1, cards));
  await run(program, ['--data', data, 'import', 'trello', file, '--workspace', workspace]);
  const { items } = await server.json('GET', `/workspaces/${workspace}/projects`);
  return { server, board: `/w/${workspace}/p/${items[0].id}` };
}

/** Runs in the page before its own code: keeps what the browser says of long tasks and of how soon events were answered. */
function watch() {
  window.measured = { tasks: [], events: [], shown: 0 };
  const { measured } = window;
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) measured.tasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver(list => {
    for (const { name, duration, processingStart, processingEnd } of list.getEntries())
      measured.events.push({ name, duration, work: processingEnd - processingStart });
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 });
  const look = () => {
    if (document.querySelector('[data-card]')) measured.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A page of its own, with nothing kept from before. */
async function visitor(browser, { server, board }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: '__Host-session', value: server.token, url: server.address.replace('http:', 'https:'), secure: true }]);
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowed });
  await page.goto(server.address + board);
  return { context, page, devtools };
}

/** Interactive: cards are there, and then the main thread is not busy for 50 ms at a time during half a second. */
const interactive = page =>
  page.evaluate(async () => {
    const quiet = 500;
    const { measured } = window;
    for (;;) {
      const last = measured.tasks.reduce((end, task) => Math.max(end, task.startTime + task.duration), 0);
      const since = Math.max(measured.shown, last);
      if (measured.shown > 0 && performance.now() - since > quiet + 100) return { shown: measured.shown, interactive: since };
      await new Promise(done => setTimeout(done, 100));
    }
  });

/** Frames that the page draws while this goes on. */
async function frames(page, act) {
  await page.evaluate(() => {
    window.measured.frames = [];
    const tick = at => {
      window.measured.frames.push(at);
      window.measured.next = requestAnimationFrame(tick);
    };
    window.measured.next = requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    cancelAnimationFrame(window.measured.next);
    const at = window.measured.frames;
    return { perSecond: ((at.length - 1) / (at.at(-1) - at[0])) * 1000, gaps: at.slice(1).map((each, i) => each - at[i]) };
  });
}

/** Over the cards of the columns, to and fro, for about two seconds. */
async function drag(page, from) {
  const begin = await from.boundingBox();
  const start = { x: begin.x + 60, y: begin.y + 20 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 12, start.y + 8);
  const until = performance.now() + 2_000;
  for (let step = 0; performance.now() < until; ++step) {
    const along = (step % 120) / 120;
    await page.mouse.move(start.x + 860 * Math.sin(Math.PI * along), start.y + 30 + 420 * along);
    await new Promise(done => setTimeout(done, 12));
  }
}

/** How soon keys that change a text are answered, from the key to the next picture. */
async function typing(page, field, text) {
  await page.evaluate(() => (window.measured.events = []));
  await field.pressSequentially(text, { delay: 60 });
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 200))));
  const told = await page.evaluate(() => window.measured.events.filter(each => each.name === 'keydown' || each.name === 'input' || each.name === 'keypress'));
  // An event below 16 ms is not told of: it was answered in the same frame.
  return Math.max(16, percentile(told.map(each => each.duration), 0.95) ?? 0);
}

async function once(browser, place) {
  const { context, page } = await visitor(browser, place);
  try {
    const { shown, interactive: ready } = await interactive(page);
    const column = page.locator('section[data-status]').first();
    const title = 'Order twelve tins of paint for the boats in the harbour';
    const dragged = await frames(page, () => drag(page, column.locator('[data-card]').nth(1)));
    await page.mouse.up();
    await page.locator('[data-dragged=true]').waitFor({ state: 'detached' });
    await column.getByRole('button', { name: 'Add a task', exact: true }).click();
    const added = await typing(page, page.getByRole('textbox', { name: 'What is to be done?' }), title);
    await page.keyboard.press('Escape');
    await page.locator('[data-card]').nth(3).click();
    const field = page.getByRole('textbox', { name: 'Title' });
    await field.click();
    const renamed = await typing(page, field, title);
    return { shown, ready, perSecond: dragged.perSecond, gap: percentile(dragged.gaps, 0.95), added, renamed };
  } finally {
    await context.close();
  }
}

const place = await boardServer();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const seen = [];
try {
  for (let i = 0; i < Number(wish.runs); ++i) {
    seen.push(await once(browser, place));
    say(JSON.stringify(seen.at(-1), (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)));
  }
} finally {
  await browser.close();
  await place.server.end();
}
const all = name => median(seen.map(each => each[name]));
const rows = [
  { what: 'first cards show, after navigation', figure: all('shown'), unit: units.ms },
  { what: 'interactive, after navigation', figure: all('ready'), unit: units.ms, goal: under(1500, units.ms) },
  { what: 'frames while a card is dragged', figure: all('perSecond'), unit: framesPerSecond, goal: atLeast(50, framesPerSecond) },
  { what: 'longest of 95 in 100 frames meanwhile', figure: all('gap'), unit: units.ms },
  { what: 'a key in the title of a new card, p95', figure: all('added'), unit: units.ms, goal: under(50, units.ms) },
  { what: 'a key in the title of an open card, p95', figure: all('renamed'), unit: units.ms, goal: under(50, units.ms) },
];
console.log(`${cards} cards, CPU slowed ${slowed} times, medians of ${seen.length}; ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}\n`);
console.log(toTable(rows));
