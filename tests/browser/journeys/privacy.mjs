import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually, signIn } from '../support/steps.mjs';

export const journeys = [
  { name: 'a consent is given, proved and withdrawn by one click each', options: ['--demo'], test: giveAndWithdraw },
  { name: "the browser's privacy signal is honoured, and shown", options: ['--demo'], test: signal },
  { name: 'what is promised is for everybody to read', options: ['--demo'], test: proof },
  { name: 'who receives anything is for everybody to read', options: ['--demo'], test: recipients },
];

const row = (page, title) => page.getByRole('list', { name: 'Purposes' }).getByRole('listitem').filter({ hasText: title });
const says = (page, title, answer) => row(page, title).getByRole('button', { name: answer, exact: true });

const saysNot = (page, title) =>
  row(page, title).getByRole('button', { name: 'Yes', exact: true, pressed: false }).waitFor();

async function enter(open, options) {
  const page = await open(options);
  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  await page.goto('/me/consents');
  await row(page, 'Reports of errors').waitFor();
  return page;
}

async function giveAndWithdraw({ open }) {
  const page = await enter(open);
  const title = 'Reports of errors';
  await saysNot(page, title); // nothing is agreed to at first
  await says(page, title, 'Yes').click();
  await row(page, title).getByText(/^You agreed on/).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row(page, title).getByRole('link', { name: /^Receipt/ }).click(),
  ]);
  const receipt = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(receipt.record.purpose, 'crash_reports');
  assert.equal(receipt.record.state, 'given');

  await says(page, title, 'No').click();
  await row(page, title).getByText(/^You withdrew on/).waitFor();

  await page.getByRole('link', { name: 'Proofs in the log' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: 'Entry' }).first();
  await entry.getByRole('button', { name: 'Check' }).click();
  await entry.getByText(/^Right: it is in the log, unchanged\./).waitFor();
}

async function signal({ open }) {
  const page = await enter(open, { extraHTTPHeaders: { 'Sec-GPC': '1' } });
  await page.getByText(/^Your browser sends Global Privacy Control\. It is honoured/).waitFor();
  const title = 'News about DialPine by mail';
  await says(page, title, 'Yes').click();
  await row(page, title).getByText('Your browser asks against this.').waitFor();
  await saysNot(page, title);
  await row(page, title).getByRole('button', { name: 'Agree all the same' }).click();
  await row(page, title).getByText(/^You agreed on/).waitFor();
}

async function proof({ open }) {
  const page = await open();
  await page.goto('/proof');
  await page.getByRole('heading', { name: 'What DialPine promises' }).waitFor();
  await page.locator('#P92').waitFor();
  await eventually(async () => assert.equal(await page.locator('li[id^=P]').count(), 92));
  await page.getByRole('button', { name: 'not yet' }).click();
  await page.getByText('P92').waitFor();
  await page.getByRole('searchbox').fill('p42');
  await page.locator('#P92').waitFor({ state: 'detached' });
  await page.locator('#P42').getByRole('link', { name: 'Its sentence in the policy' }).click();
  await page.waitForURL(/\/policy#P42$/);
  await page.getByRole('link', { name: 'P42', exact: true }).waitFor();
}

const counting = {
  name: 'Counting',
  purpose: 'analytics',
  fields: ['feature', 'day'],
  hosts: ['in.dialpine.example'],
  endpoint: 'https://in.dialpine.example/documents',
  region: 'European Union',
  country: 'DE',
  agreement: 'DPA 7',
  agreement_until: '2099-01-01',
  contact: 'privacy@dialpine.example',
};

/** Posted by the page itself, as its own writes are. */
const post = (page, path, body) =>
  page.evaluate(
    async ([to, wish]) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`/api/v1${to}`, { method: 'POST', headers, body: JSON.stringify(wish) });
      return answer.status;
    },
    [path, body],
  );

async function recipients({ open }) {
  const page = await enter(open);
  await page.getByRole('link', { name: 'Who received what' }).click();
  await page.getByText('Nobody has received anything about you').waitFor();
  assert.equal(await post(page, '/operator/recipients', counting), 201);
  assert.equal(await post(page, '/operator/recipients/Counting/announcement', {}), 200);

  const anybody = await open();
  await anybody.goto('/subprocessors');
  const card = anybody.getByRole('listitem').filter({ hasText: 'Counting' });
  await card.getByText('receives data').waitFor();
  await card.getByText('which feature was used, the day').waitFor();
  await anybody.getByRole('cell', { name: 'The database, sealed' }).waitFor();
  await anybody.getByText('No authority has asked for anything.').waitFor();
  await anybody.getByText('These counts equal what the transparency log says.').waitFor();
}
