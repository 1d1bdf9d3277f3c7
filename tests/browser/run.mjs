// Journeys through the page, in Chromium, against the built program. `node tests/browser/run.mjs [part of a name]…` runs some.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, openPage } from './support/browser.mjs';
import { root } from './support/places.mjs';
import { startServer } from './support/server.mjs';

const folder = new URL('journeys/', import.meta.url);
const wanted = process.argv.slice(2);
const shots = join(root, 'build/browser');

/** Runs one journey with a server of its own; gives the failure, if any. */
async function run(browser, journey, file) {
  const server = await startServer(journey);
  const pages = [];
  const open = async options => {
    const page = await openPage(browser, server.url, options);
    pages.push(page);
    return page;
  };
  try {
    const note = await journey.test({ server, open });
    const faults = pages.flatMap(page => page.faults);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return { note };
  } catch (failure) {
    for (const [index, page] of pages.entries())
      await page.screenshot({ path: join(shots, `${file}-${index}.png`) }).catch(() => {});
    return { failure };
  } finally {
    for (const page of pages) await page.context().close();
    await server.remove();
  }
}

await mkdir(shots, { recursive: true });
const browser = await launch();
let passed = 0;
let failed = 0;
let again = 0; // needed a second try
const outcomes = []; // for build/test-results.json
for (const file of (await readdir(folder)).sort()) {
  if (wanted.length > 0 && !wanted.some(part => file.includes(part))) continue;
  const { journeys } = await import(new URL(file, folder));
  for (const journey of journeys) {
    const begin = performance.now();
    const name = file.replace('.mjs', '');
    let { failure, note } = await run(browser, journey, name);
    if (failure) {
      // A browser on a busy machine can be too late once. What was wrong is printed all the same: twice is no chance.
      console.log(`AGAIN   after a failure: ${journey.name}\n${failure.stack}`);
      again++;
      ({ failure, note } = await run(browser, journey, name));
    }
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (failure) failed++;
    else passed++;
    outcomes.push({ name: journey.name, outcome: failure ? 'failed' : 'passed' });
    console.log(`${failure ? 'FAILED' : 'ok    '} ${seconds.padStart(5)} s  ${journey.name}${note ? `: ${note}` : ''}`);
    if (failure) console.log(failure.stack);
  }
}
await browser.close();
await writeFile(join(root, 'build/test-browser.json'), JSON.stringify(outcomes));
if (again > 0) console.log(`${again} needed a second try`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
