import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addCards, card, column, password, settle } from '../support/steps.mjs';

export const journeys = [
  { name: 'a workspace is exported, and comes in again as a new one', test: outAndIn },
  { name: 'what is written about a person is found, read and struck out', test: struckOut },
  { name: 'who leaves chooses whether their own work goes with them', test: leaving },
];

async function confirm(page) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}

async function openSettings(page) {
  await page.getByRole('link', { name: 'Workspace settings' }).click();
  await page.getByRole('heading', { name: 'Export the workspace' }).waitFor();
}

async function outAndIn({ open, server }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Sand the hull', '=1+1']);
  await openSettings(page);
  const arrives = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await confirm(page);
  const file = join(server.folder, '..', `workspace-${Date.now()}.zip`);
  const download = await arrives;
  await download.saveAs(file);
  const bytes = await readFile(file);
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');

  await page.goto('/import-workspace');
  const altered = Buffer.from(bytes);
  altered[bytes.length >> 1] ^= 1;
  await page.locator('input[type=file]').setInputFiles({ name: 'altered.zip', mimeType: 'application/zip', buffer: altered });
  await page.getByRole('heading', { name: 'The workspace could not be brought' }).waitFor();
  await page.getByText(/changed or cut since it was made/).waitFor();
  await page.getByRole('link', { name: 'Bring another' }).click();
  await writeFile(file, '');
  await page.locator('input[type=file]').setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: bytes });
  await page.getByRole('heading', { name: 'The workspace is here' }).waitFor();
  await page.getByRole('link', { name: 'Open the workspace' }).click();
  await page.getByRole('link', { name: 'Boats' }).first().click();
  await card(column(page, 'To do'), 'Sand the hull').waitFor();
}

async function struckOut({ open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Zora Quell was late', 'Paint the hull']);
  await openSettings(page);
  await page.getByRole('link', { name: 'Search about a person' }).click();
  await page.getByLabel('Their name').fill('Zora Quell');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await confirm(page);
  await page.getByRole('heading', { name: '1 text', exact: true }).waitFor();
  assert.equal(await page.locator('mark').innerText(), 'Zora Quell');
  await page.getByRole('button', { name: 'Choose all' }).click();
  await page.getByRole('button', { name: 'Strike out in 1 text' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Strike out in 1 text' }).click();
  await page.getByText('Nothing is written about them here.').waitFor();
  await page.getByRole('heading', { name: 'Struck out before' }).waitFor();
  await page.getByRole('link', { name: 'Boats' }).first().click();
  await card(column(page, 'To do'), '[struck out] was late').waitFor();
}

async function leaving({ open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Mine alone']);
  await page.goto('/me/erase');
  await page.getByRole('button', { name: 'Next: what stays' }).click();
  await page.getByLabel('What I alone wrote goes with me').check();
  await page.getByText('Going with you: 1 task.').waitFor();
  await page.getByRole('button', { name: 'Next: password' }).click();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Erase my account' }).click();
  await page.waitForURL(/\/erased\//);
}
