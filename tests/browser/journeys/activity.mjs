import assert from 'node:assert/strict';
import { signIn } from '../support/steps.mjs';

export const journeys = [
  { name: 'a switch is turned on, what it notices is seen, reset, and gone with the switch', options: ['--demo'], test: activity },
  { name: 'the own country wins, and days are written as it is usual there', options: ['--demo'], test: place },
];

const row = (page, title) => page.getByRole('listitem').filter({ hasText: title });
const part = (page, title) => page.getByRole('region', { name: title, exact: true });

async function enter(open) {
  const page = await open();
  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  return page;
}

async function turn(page, title, answer) {
  await page.goto('/me/consents');
  await row(page, title).getByRole('button', { name: answer, exact: true }).click();
  await row(page, title)
    .getByText(answer === 'Yes' ? /^You agreed on/ : /^You withdrew on/)
    .waitFor();
}

/** What is noticed is stored a moment later. */
async function seen(page, place) {
  for (let tries = 0; tries < 30; tries++) {
    await page.goto('/me/activity');
    await part(page, 'Your devices').waitFor();
    if (await place().isVisible()) return;
    await page.waitForTimeout(300);
  }
  assert.fail('it was never noticed');
}

async function activity({ open }) {
  const page = await enter(open);
  const workspace = new URL(page.url()).pathname;
  await page.goto('/me/activity');
  await part(page, 'What you search for most').getByText(/^Nothing is kept\. It begins when you turn on “What you search for often”/).waitFor();

  await turn(page, 'What you search for often', 'Yes');
  await turn(page, 'Which features you use', 'Yes');
  await page.goto(`${workspace}/search`);
  await page.getByRole('searchbox').fill('boat');
  await page.getByRole('searchbox').press('Enter');
  await page.waitForTimeout(5000); // a search that nobody types on counts after four seconds
  await seen(page, () => part(page, 'What you search for most').getByText('boat', { exact: true }));
  await seen(page, () => part(page, 'Which features you use').getByText('Search tasks, comments and checklists'));

  await page.goto(`${workspace}/search`);
  await page.getByRole('button', { name: 'boat', exact: true }).click();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'boat');

  await page.goto('/me/activity');
  await page.getByRole('button', { name: 'Reset: What you search for most' }).click();
  await part(page, 'What you search for most').getByText('Nothing yet.').waitFor();
  await turn(page, 'Which features you use', 'No');
  await page.goto('/me/activity');
  await part(page, 'Which features you use').getByText(/^Nothing is kept\./).waitFor();
}

async function place({ open }) {
  const page = await enter(open);
  await page.goto('/me/account');
  await page.getByLabel('Country', { exact: true }).selectOption('NL');
  await page.getByLabel('Time zone', { exact: true }).selectOption('Europe/Amsterdam');
  await page.getByLabel('Days and numbers as in').selectOption('nl-NL');
  await page.getByRole('region', { name: 'Country, time zone and language' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Days and times are written that way.').waitFor();
  await page.reload();
  await page.getByLabel('Country', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Country', { exact: true }).inputValue(), 'NL');
  assert.equal(await page.getByLabel('Time zone', { exact: true }).inputValue(), 'Europe/Amsterdam');
}
