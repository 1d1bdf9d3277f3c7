// What several journeys do, by role and visible words.
import assert from 'node:assert/strict';
import { basename } from 'node:path';

/** Asks again until the assertion holds, for what no element says by appearing; its last failure, when it never did. */
export async function eventually(assertion, within = 10_000) {
  const until = performance.now() + within;
  for (;;) {
    try {
      return await assertion();
    } catch (failure) {
      if (performance.now() > until) throw failure;
      await new Promise(done => setTimeout(done, 50));
    }
  }
}

/** Waits until the field holds this value. */
export const holds = (field, value, why) => eventually(async () => assert.equal(await field.inputValue(), value, why));

export const password = 'correct horse battery';

export async function fillSignUp(page, { name, email }) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Year of birth').fill('1990');
}

export async function signUp(page, who) {
  await page.goto('/sign-up');
  await fillSignUp(page, who);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create an account' }).click();
}

export async function signIn(page, email, secret = password) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function nameWorkspace(page, name) {
  await page.getByLabel('Name of the workspace').fill(name);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.getByRole('heading', { name: `${name} is ready` }).waitFor();
}

export async function startEmpty(page, name) {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await column(page, 'To do').waitFor();
}

/** Uploads the board and waits for the report. */
export async function importBoard(page, file) {
  await page.getByRole('link', { name: 'Bring a board from Trello' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: 'Your board is here' }).waitFor({ timeout: 30_000 });
  return basename(file);
}

export const column = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}, \\d+ task`) });
export const cards = place => place.getByRole('link');
export const card = (place, title) => place.getByRole('link').filter({ hasText: title });

/** Types titles into a column, one card each. */
export async function addCards(page, name, titles) {
  await column(page, name).getByRole('button', { name: 'Add a task', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'What is to be done?' });
  for (const title of titles) {
    await field.fill(title);
    await field.press('Enter');
    await card(column(page, name), title).waitFor();
  }
  await field.press('Escape');
}

/** Somebody signed up, in a workspace with one empty project, on its board. */
export async function settle(page, { name = 'Mia Example', email = 'mia@dialpine.example' } = {}) {
  await signUp(page, { name, email });
  await nameWorkspace(page, 'Harbour workshop');
  await startEmpty(page, 'Boats');
}
