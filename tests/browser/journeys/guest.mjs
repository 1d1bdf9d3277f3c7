import assert from 'node:assert/strict';
import { card, column, signIn } from '../support/steps.mjs';

export const journeys = [
  { name: 'a guest reads and comments, and is offered nothing else', options: ['--demo'], test: guest },
];

async function guest({ open }) {
  const page = await open();
  await signIn(page, 'gus@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Gus Guest' }).waitFor();
  const none = async (role, name) => assert.equal(await page.getByRole(role, { name }).count(), 0, `${name} is offered`);
  await none('button', 'New task');

  await page.getByRole('navigation').locator('a[href*="/p/"]').first().click();
  const workbench = card(column(page, 'In progress'), 'Build the long workbench');
  await workbench.focus();
  await page.keyboard.press('c');
  await page.keyboard.press('Space');
  await none('dialog', 'New task');
  assert.equal(await page.locator('[aria-live=assertive]').textContent(), '', 'nothing is picked up');

  // What floats stands below its button.
  const more = page.getByRole('button', { name: 'More of this project' });
  await more.click();
  const [button, menu] = [await more.boundingBox(), await page.getByRole('menu').boundingBox()];
  assert.ok(Math.abs(menu.y - button.y - button.height) < 8 && menu.x < button.x && menu.x + menu.width > button.x);
  await none('menuitem', 'Project settings');
  await page.keyboard.press('Escape');

  await workbench.click();
  await page.getByRole('region', { name: /^Task / }).getByText('Fetch the gym floor').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Title' }).isEditable(), false);
  assert.ok(await page.getByRole('button', { name: /^Status/ }).isDisabled());
  for (const offer of ['Edit description', 'Add an item', 'Add a link', 'Add files', 'More']) {
    assert.equal(await page.getByRole('button', { name: offer, exact: true }).count(), 0, `${offer} is offered`);
  }
  await page.getByRole('button', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Write a comment' }).fill('May I help?');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('region', { name: 'Comments' }).getByText('May I help?').waitFor();
}
