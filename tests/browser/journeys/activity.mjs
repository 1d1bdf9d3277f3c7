import { eventually, holds, signIn } from '../support/steps.mjs';

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

/** What is noticed is stored a moment later; a search counts once nobody has typed on for some seconds. */
async function seen(page, text) {
  await eventually(async () => {
    const noticed = await page.evaluate(() => fetch('/api/v1/me/activity').then(answer => answer.text()));
    if (!noticed.includes(text)) throw new Error(`not noticed: ${text}`);
  }, 30_000);
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
  await seen(page, '"term":"boat"');
  await seen(page, 'Search tasks, comments and checklists');
  await page.goto('/me/activity');
  await part(page, 'What you search for most').getByText('boat', { exact: true }).waitFor();
  await part(page, 'Which features you use').getByText('Search tasks, comments and checklists').waitFor();

  await page.goto(`${workspace}/search`);
  await page.getByRole('button', { name: 'boat', exact: true }).click();
  await holds(page.getByRole('searchbox'), 'boat');

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
  await holds(page.getByLabel('Country', { exact: true }), 'NL');
  await holds(page.getByLabel('Time zone', { exact: true }), 'Europe/Amsterdam');
}
