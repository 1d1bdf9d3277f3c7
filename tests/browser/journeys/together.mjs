import assert from 'node:assert/strict';
import { addCards, card, column, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'two open pages follow each other', test: follow }];

async function follow({ open }) {
  const first = await open();
  await settle(first);
  await addCards(first, 'To do', ['Sand the hull']);
  const second = await first.context().newPage();
  await second.goto(first.url());
  await card(column(second, 'To do'), 'Sand the hull').waitFor();

  const added = performance.now();
  await addCards(first, 'To do', ['Paint the hull']);
  await card(column(second, 'To do'), 'Paint the hull').waitFor();
  const appears = Math.round(performance.now() - added);

  await card(column(second, 'To do'), 'Sand the hull').click();
  const title = second.getByRole('textbox', { name: 'Title' });
  await title.fill('Sand the keel');
  const renamed = performance.now();
  await title.press('Enter');
  await card(column(first, 'To do'), 'Sand the keel').waitFor();
  const changes = Math.round(performance.now() - renamed);

  assert.ok(appears < 1000, `a new card came after ${appears} ms`);
  assert.ok(changes < 1000, `a new title came after ${changes} ms`);
  return `a card after ${appears} ms, a title after ${changes} ms`;
}
