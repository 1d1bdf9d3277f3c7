import assert from 'node:assert/strict';
import { fillSignUp, holds, signIn, signUp } from '../support/steps.mjs';

export const journeys = [
  { name: 'an account begins with an empty box, and nothing is sent before it is ticked', test: emptyBox },
  { name: 'every page keeps what the registry lists, and asks no other host', options: ['--demo'], test: crawl },
  { name: 'what one says of oneself may stay empty, and is shown only where one says so', options: ['--demo'], test: profile },
];

const sent = page => {
  const requests = [];
  page.on('request', request => request.method() !== 'GET' && requests.push(`${request.method()} ${request.url()}`));
  return requests;
};

async function emptyBox({ open }) {
  const page = await open();
  const requests = sent(page);
  await page.goto('/sign-up');
  const box = page.getByRole('checkbox');
  assert.equal(await box.isChecked(), false, 'nothing is agreed to before somebody agrees');
  await fillSignUp(page, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await page.getByRole('button', { name: 'Create an account' }).click();
  await box.and(page.locator('[aria-invalid=true]')).waitFor();
  assert.ok(page.url().endsWith('/sign-up'));
  assert.deepEqual(
    requests.filter(one => !one.includes('/accounts')),
    [],
    'nothing else is sent',
  );
  const refused = await page.evaluate(() => fetch('/api/v1/me').then(answer => answer.status));
  assert.equal(refused, 401, 'no account was made');
  await signUp(page, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await page.getByLabel('Name of the workspace').waitFor();
}

/** What the browser holds for this page: cookies, storage, databases, caches, workers. */
async function kept(page) {
  const cookies = (await page.context().cookies()).map(cookie => `cookie ${cookie.name}`);
  const stored = await page.evaluate(async () => [
    ...Object.keys(localStorage).map(name => `local storage ${name}`),
    ...Object.keys(sessionStorage).map(name => `session storage ${name}`),
    ...(await indexedDB.databases()).map(one => `database ${one.name}`),
    ...(await caches.keys()).map(name => `cache ${name}`),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => `worker ${one.scope}`),
  ]);
  return [...cookies, ...stored];
}

async function crawl({ open }) {
  const page = await open();
  const beacons = [];
  page.on('request', request => request.resourceType() === 'ping' && beacons.push(request.url()));
  const visited = new Set();
  const held = new Set();
  const follow = async (starts, most) => {
    const waiting = [...starts];
    while (waiting.length > 0 && visited.size < most) {
      const path = waiting.shift();
      if (visited.has(path)) continue;
      visited.add(path);
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      for (const one of await kept(page)) held.add(one);
      const links = await page.locator('a[href^="/"]').evaluateAll(all => all.map(a => a.getAttribute('href')));
      for (const link of links) if (!link.startsWith('/api/') && !link.includes('#')) waiting.push(link.split('?')[0]);
    }
  };
  await follow(['/sign-in', '/sign-up', '/policy', '/proof'], 12);
  assert.ok(visited.size >= 4);
  const before = [...held].filter(one => one.startsWith('cookie'));
  assert.deepEqual(before, [], 'no cookie before somebody signs in');

  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  await follow([new URL(page.url()).pathname, '/me', '/me/consents', '/me/account'], 45);
  assert.ok(visited.size >= 20, `only ${visited.size} pages were found`);

  const registry = await page.evaluate(() => fetch('/api/v1/cookies').then(answer => answer.json()));
  const listed = registry.items.map(item => `${item.kind} ${item.name}`);
  const unknown = [...held].filter(one => !listed.includes(one));
  assert.deepEqual(unknown, [], 'kept in the browser and in no registry');
  assert.ok(held.has('cookie __Host-session'), [...held].join());
  assert.deepEqual(beacons, []);
  return `${visited.size} pages, ${held.size} things kept`;
}

async function profile({ open }) {
  const page = await open();
  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  const home = new URL(page.url()).pathname;
  await page.goto('/me/account');
  const title = page.getByLabel('Job title', { exact: true });
  await title.waitFor();
  const labels = ['Company', 'Phone number', 'Postal address', 'Postal code', 'Gender', 'Profession', 'Industry'];
  for (const label of ['Job title', ...labels]) {
    const field = page.getByLabel(label, { exact: true });
    await holds(field, '', `${label} is empty`);
    const why = await field.evaluate(one => document.getElementById(one.getAttribute('aria-describedby'))?.textContent);
    assert.match(why ?? '', /^Only used to .*you may leave it empty\.$/, label);
  }
  await title.fill('Boat builder');
  await page.getByLabel('Phone number').fill('call me');
  const save = page.getByRole('button', { name: 'Save what I say of myself' });
  await save.click();
  await page.getByText('must be 5 to 15 digits').waitFor();
  await holds(title, 'Boat builder', 'nothing typed is lost');
  await page.getByLabel('Phone number').fill('+49 30 000000');
  await save.click();
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.goto(`${home}/settings`);
  await page.getByText('Invitations').first().waitFor();
  assert.equal(await page.getByText('Boat builder').count(), 0, 'not shown unasked');
  await page.goto('/me/account');
  await page.getByLabel('Show my job title').check();
  await save.click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.goto(`${home}/settings`);
  await page.getByText('Boat builder').waitFor();
}
