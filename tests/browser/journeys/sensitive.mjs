import assert from 'node:assert/strict';
import { addCards, card, column, holds, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'sensitive data is warned of while one types, and kept knowingly only', test: warned }];

const number = '219-09-9999'; // of the form and range of social-security numbers, and nobody's
const warning = /^This looks like it holds a social-security or national number/;

async function warned({ open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Plan']);

  // A new card: warned of before it is saved, refused without losing a letter, kept by one act.
  await column(page, 'To do').getByRole('button', { name: 'Add a task', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'What is to be done?' });
  await field.fill(`SSN ${number}`);
  await page.getByText(warning).waitFor();
  await field.press('Enter');
  await page.getByText(/^Not saved: it looks like it holds/).waitFor();
  assert.equal(await card(column(page, 'To do'), number).count(), 0);
  await page.getByRole('button', { name: 'Keep it knowingly' }).click();
  await card(column(page, 'To do'), number).waitFor();
  await field.press('Escape');

  await card(column(page, 'To do'), 'Plan').click();

  // The title.
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill(`Plan for SSN ${number}`);
  await page.getByText(warning).waitFor();
  await title.press('Enter');
  await page.getByRole('button', { name: 'Keep it knowingly' }).waitFor();
  await holds(title, `Plan for SSN ${number}`, 'nothing typed is lost');
  await title.fill('Plan');
  await title.press('Enter');
  await page.getByRole('button', { name: 'Keep it knowingly' }).waitFor({ state: 'detached' });

  // The description, a checklist line, a comment.
  await page.getByRole('button', { name: 'Add a description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill(`Her SSN is ${number}`);
  await page.getByText(warning).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Keep it knowingly' }).click();
  await page.getByText(`Her SSN is ${number}`).waitFor();

  await page.getByRole('button', { name: 'Add a checklist' }).click();
  const line = page.getByRole('textbox', { name: 'Add an item' });
  await line.fill(`SSN ${number}`);
  await page.getByText(warning).waitFor();
  await line.press('Enter');
  await page.getByRole('button', { name: 'Keep it knowingly' }).waitFor();
  await holds(line, `SSN ${number}`);
  await line.fill('');
  await line.press('Escape');

  await page.getByRole('button', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Write a comment' }).fill(`SSN ${number}`);
  await page.getByText(warning).waitFor();
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('button', { name: 'Keep it knowingly' }).click();
  await page.getByRole('region', { name: 'Comments' }).getByText(`SSN ${number}`).waitFor();
}
