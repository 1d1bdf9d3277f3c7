import { addCards, card, column, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'a board without a mouse', test: withoutMouse }];

/** Runs in the page, as a program of the same person would. */
async function makeUrgent(key) {
  const { items } = await (await fetch('/api/v1/workspaces')).json();
  await fetch(`/api/v1/workspaces/${items[0].id}/tasks/${key}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ priority: 'urgent' }),
  });
}

async function withoutMouse({ open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Sand the hull']);
  const said = page.locator('[aria-live=assertive]');

  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'New task' }).getByRole('textbox', { name: 'Title' }).waitFor();
  await page.keyboard.type('Paint the hull');
  await page.keyboard.press('Enter');
  await card(column(page, 'To do'), 'Paint the hull').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await card(column(page, 'To do'), 'Sand the hull').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await said.getByText('Picked up Paint the hull. It is in To do, place 2 of 2.').waitFor();
  await page.keyboard.press('ArrowUp');
  await said.getByText('Paint the hull: To do, place 1 of 2.').waitFor();
  await page.keyboard.press('ArrowRight');
  await said.getByText('Paint the hull: In progress, place 1 of 1.').waitFor();
  // A change by others brings the card anew; it stays where it was carried, and is dropped there.
  await page.evaluate(makeUrgent, 'BOA-2');
  await card(page, 'Paint the hull').getByText('Urgent').waitFor({ state: 'attached' });
  await card(column(page, 'In progress'), 'Paint the hull').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Space');
  await said.getByText('Dropped Paint the hull in In progress, place 1 of 1.').waitFor();
  await page.getByRole('status').getByText('Moved').waitFor();
  await page.reload();
  await card(column(page, 'In progress'), 'Paint the hull').waitFor();

  // Escape puts back what was carried, without asking the server.
  await card(column(page, 'In progress'), 'Paint the hull').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await card(column(page, 'Done'), 'Paint the hull').waitFor();
  await page.keyboard.press('Escape');
  const back = card(column(page, 'In progress'), 'Paint the hull').and(page.locator(':focus'));
  await back.waitFor();

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await said.getByText('Paint the hull: Done, place 1 of 1.').waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Undone').waitFor();
  await card(column(page, 'In progress'), 'Paint the hull').waitFor();

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await help.getByText('Pick up, and drop').waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });

  await card(column(page, 'In progress'), 'Paint the hull').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Task BOA-2' }).waitFor();
  await page.waitForURL(/\/t\/BOA-2$/);
}
