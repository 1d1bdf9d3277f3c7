import assert from 'node:assert/strict';
import { eventually, settle, signIn } from '../support/steps.mjs';

export const journeys = [
  { name: 'a person restricts their data and lifts it; the password is asked for once', options: ['--demo'], test: restrict },
  { name: 'an objection counts at once and is taken back', options: ['--demo'], test: object },
  { name: 'a mention is picked from a list, shown as a name and written as an id', test: mention },
  { name: 'what a version of a document changed can be read', options: ['--demo'], test: changes },
  { name: 'My privacy is reached and left on a phone', options: ['--demo'], test: phone },
];

async function enter(open, path, options) {
  const page = await open(options);
  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  await page.goto(path);
  return page;
}

async function restrict({ open }) {
  const page = await enter(open, '/me/rights');
  await page.getByRole('button', { name: 'Restrict my data' }).click();
  const asked = page.getByRole('dialog', { name: 'Restrict the use of your data?' });
  await asked.getByText('Restricted person').waitFor();
  await asked.getByRole('button', { name: 'Restrict my data' }).click();
  const identity = page.getByRole('dialog', { name: 'Is it you?' });
  await identity.getByLabel('Password').fill('not the password');
  await identity.getByRole('button', { name: 'Confirm' }).click();
  await identity.getByRole('alert').waitFor();
  await identity.getByLabel('Password').fill('look-around');
  await identity.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText(/^Restricted since/).waitFor();
  await page.goto('/me');
  await page.getByRole('link', { name: /Restrict and object.*restricted/ }).click();
  await page.getByRole('button', { name: 'Lift the restriction' }).click();
  await page.getByRole('button', { name: 'Restrict my data' }).waitFor();
  assert.equal(await identity.count(), 0, 'the password counts for ten minutes');
}

async function object({ open }) {
  const page = await enter(open, '/me/rights');
  const row = page.getByRole('listitem').filter({ hasText: 'Measuring which features you use' });
  await row.getByRole('button', { name: 'Object' }).click();
  await row.getByText(/^Objected on/).waitFor();
  await page.reload();
  await row.getByRole('button', { name: 'Object', pressed: true }).waitFor();
  await row.getByRole('button', { name: 'Allow' }).click();
  await row.getByText(/^Objected on/).waitFor({ state: 'detached' });
}

async function mention({ open }) {
  const page = await open();
  await settle(page);
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'New task' }).getByRole('textbox').first().fill('Paint the keel');
  await page.keyboard.press('Enter');
  await page.getByRole('link').filter({ hasText: 'Paint the keel' }).first().click();
  const task = page.getByRole('region', { name: /^Task / });
  await task.getByRole('button', { name: 'Write a comment' }).click();
  const text = task.getByRole('textbox', { name: 'Write a comment' });
  await text.pressSequentially('Ask @mi');
  await page.getByRole('option', { name: 'Mia Example' }).waitFor();
  await page.keyboard.press('Enter');
  await text.pressSequentially('first');
  const sent = page.waitForRequest(request => request.method() === 'POST' && request.url().endsWith('/comments'));
  await task.getByRole('button', { name: 'Comment', exact: true }).click();
  assert.match((await sent).postDataJSON().body, /^Ask @\[[0-9a-f-]{36}\] first$/);
  await task.getByRole('listitem').getByText('@Mia Example').waitFor();
}

async function changes({ open }) {
  const page = await open();
  await page.goto('/policy');
  await page.getByRole('link', { name: 'P1', exact: true }).waitFor();
  await page.getByRole('link', { name: /^What changed since/ }).click();
  await page.getByText(/sentences came/).waitFor();
  await page.getByRole('link', { name: 'Read the whole text' }).click();
  await page.getByRole('link', { name: 'P1', exact: true }).click();
  await page.getByRole('heading', { name: 'What DialPine promises' }).waitFor();
  await page.locator('li#P1').waitFor();
  await eventually(async () =>
    assert.equal(await page.locator('li[id^=P]').count(), 1, 'the promise that was asked for stands alone'),
  );
  await page.goto('/documents/terms');
  await page.getByRole('heading', { name: 'Terms', exact: true }).waitFor();
}

async function phone({ open }) {
  const page = await enter(open, '/me', { viewport: { width: 390, height: 844 }, hasTouch: true });
  for (const part of ['What we hold of me', 'Restrict and object', 'Erase my account']) {
    await page.getByRole('main').getByRole('link', { name: part }).click();
    await page.getByRole('heading', { name: part, level: 1 }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, `${part} fits`);
    await page.getByRole('link', { name: 'My privacy' }).click();
    await page.getByRole('heading', { name: 'My privacy', level: 1 }).waitFor();
  }
  await page.getByRole('link', { name: 'Back to work' }).click();
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
}
