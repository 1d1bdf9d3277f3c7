import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { sampleBoard } from '../support/places.mjs';
import { filesHolding } from '../support/server.mjs';
import { card, cards, column, fillSignUp, holds, importBoard, nameWorkspace, password, signIn } from '../support/steps.mjs';

const mia = { name: 'Mia Unmistakable-Example', email: 'mia.unmistakable@dialpine.example' };

export const journeys = [{ name: 'from sign-up to erasure, with a real board in between', test: mainJourney }];

async function mainJourney({ server, open }) {
  const page = await open({ acceptDownloads: true });
  await signUpWithConsent(page);
  await nameWorkspace(page, 'Harbour workshop');
  await importBoard(page, sampleBoard());
  await page.getByRole('link', { name: 'Open the board' }).click();
  const title = await dragToAnotherColumn(page);
  await workOn(page, title);
  await find(page);
  await download(page);
  await erase(page, server);
}

async function signUpWithConsent(page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await fillSignUp(page, mia);
  const consent = page.getByRole('checkbox');
  assert.equal(await consent.isChecked(), false, 'nothing is ticked beforehand');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await consent.and(page.locator('[aria-invalid=true]')).waitFor();
  await holds(page.getByLabel('Name'), mia.name, 'what was typed stays');
  await consent.check();
  await page.getByRole('button', { name: 'Create an account' }).click();
}

/** Carries the first card of the first filled column into the next column, by mouse; it is still there after a reload. */
async function dragToAnotherColumn(page) {
  const columns = page.getByRole('region');
  await cards(columns).first().waitFor();
  const filled = columns.filter({ has: page.getByRole('link') });
  const dragged = cards(filled.first()).first();
  const title = (await dragged.locator('[dir=auto]').first().textContent()).trim();
  const target = columns.filter({ hasNot: page.getByRole('link', { name: title }) }).nth(1);
  const name = (await target.getByRole('heading').textContent()).trim();
  await dragged.dragTo(target.getByRole('list'), { targetPosition: { x: 60, y: 8 } });
  const there = () => card(column(page, escaped(name)), title).first();
  await there().waitFor();
  await page.getByRole('status').getByText('Moved').waitFor();
  await page.reload();
  await there().waitFor();
  await there().click();
  return title;
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function workOn(page) {
  const task = page.getByRole('region', { name: /^Task / });
  const title = task.getByRole('textbox', { name: 'Title' });
  await title.fill('Order zinnober paint');
  await title.press('Enter');
  await page.getByRole('link').filter({ hasText: 'Order zinnober paint' }).first().waitFor();

  await task.getByRole('button', { name: /^(Add a|Edit) description$/ }).click();
  const description = task.getByRole('textbox', { name: 'Description' });
  await description.press('Control+End');
  await description.pressSequentially(' Two tins of it, matt.');
  await task.getByRole('button', { name: 'Save' }).click();
  await task.getByRole('button', { name: 'Edit description' }).waitFor();
  await task.getByText('Two tins of it, matt.').waitFor();

  await task.getByRole('button', { name: /^Add (a checklist|an item)$/ }).first().click();
  await task.getByRole('textbox', { name: 'Add an item' }).fill('Ask for the price');
  await task.getByRole('textbox', { name: 'Add an item' }).press('Enter');
  await task.getByRole('checkbox', { name: 'Ask for the price' }).check();
  await task.getByText(/^1 of \d+$/).first().waitFor();

  await task.getByRole('button', { name: 'Write a comment' }).click();
  await task.getByRole('textbox', { name: 'Write a comment' }).pressSequentially('The harbour shop has ultramarine only.');
  await task.getByRole('button', { name: 'Comment', exact: true }).click();
  await task.getByRole('listitem').filter({ hasText: mia.name }).getByText('ultramarine').waitFor();
  await page.keyboard.press('Escape');
}

async function find(page) {
  await page.getByRole('link', { name: 'Search' }).first().click();
  await page.getByRole('searchbox').or(page.getByLabel(/^Search titles/)).first().fill('ULTRAMAR');
  await page.getByRole('listitem').filter({ hasText: 'Order zinnober paint' }).first().waitFor();

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Find a task' });
  await palette.fill('zinnober');
  await page.getByRole('option', { name: /Order zinnober paint/ }).click();
  await page.getByRole('region', { name: /^Task / }).waitFor();
}

/** Texts of a zip file's entries. */
function textsOf(zip) {
  const texts = [];
  let end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; --left) {
    const size = zip.readUInt32LE(entry + 20);
    const local = zip.readUInt32LE(entry + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(data, data + size);
    texts.push((zip.readUInt16LE(entry + 10) === 8 ? inflateRawSync(bytes) : bytes).toString());
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return texts;
}

async function download(page) {
  await page.goto('/me/data');
  await page.getByRole('heading', { name: 'What we hold of me' }).waitFor();
  await page.getByRole('searchbox').fill(mia.email);
  await page.getByRole('group').filter({ hasText: 'E-mail address' }).locator('summary').first().click();
  await page.getByRole('listitem').filter({ hasText: mia.email }).first().waitFor();
  await page.getByRole('link', { name: 'Download my data' }).first().click();
  await page.getByRole('button', { name: 'Prepare the download' }).click();
  await page.getByRole('dialog', { name: 'Is it you?' }).getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the zip file' }).click();
  const file = await arriving;
  assert.match(file.suggestedFilename(), /\.zip$/);
  const texts = textsOf(await readFile(await file.path()));
  assert.ok(texts.length >= 2, 'as JSON and as a page');
  for (const known of [mia.name, mia.email]) {
    assert.ok(texts.some(text => text.includes(known)), `${known} is in ${basename(file.suggestedFilename())}`);
  }
}

async function erase(page, server) {
  const heldBefore = await filesHolding(server.folder, ['harbour workshop']);
  await page.getByRole('link', { name: 'Erase my account' }).click();
  await page.getByRole('button', { name: 'Next: what stays' }).click();
  await page.getByRole('button', { name: 'Next: password' }).click();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Erase my account' }).click();
  await page.getByRole('heading', { name: 'Your account is erased' }).waitFor();
  await page.getByText('destroyed; sealed copies cannot be read').waitFor();

  await signIn(page, mia.email);
  await page.getByRole('alert').waitFor();
  assert.ok(page.url().includes('/sign-in'), 'signing in fails');
  assert.ok(heldBefore.length > 0, 'the search of files finds what is there');
  assert.deepEqual(await filesHolding(server.folder, [mia.name, mia.email]), []);
  await server.stop();
  assert.deepEqual(await filesHolding(server.folder, [mia.name, mia.email]), []);
  await server.start();
}
