import { addCards, card, column, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'a card is carried by a finger', test: carry }];

async function carry({ open }) {
  const page = await open({ hasTouch: true, isMobile: true, viewport: { width: 900, height: 700 } });
  await settle(page);
  await addCards(page, 'To do', ['Sand the hull', 'Paint the hull']);
  await addCards(page, 'In progress', ['Order rope']);
  const from = await card(column(page, 'To do'), 'Paint the hull').boundingBox();
  const to = await card(column(page, 'In progress'), 'Order rope').boundingBox();

  const session = await page.context().newCDPSession(page);
  const touch = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const at = (box, down) => ({ x: Math.round(box.x + 40), y: Math.round(box.y + down) });
  const begin = at(from, 14);
  const end = at(to, 6);
  await touch('touchStart', [begin]);
  await page.locator('[data-lifted]').waitFor();
  await touch('touchMove', [{ x: begin.x + 60, y: begin.y + 4 }]);
  await touch('touchMove', [end]);
  await page.locator('[data-edge=top]').waitFor();
  await touch('touchEnd', []);

  await card(column(page, 'In progress'), 'Paint the hull').waitFor();
  await page.getByRole('status').getByText('Moved').waitFor();
  await page.reload();
  await column(page, 'In progress').getByRole('listitem').first().getByText('Paint the hull').waitFor();

  // A short touch opens the card instead.
  await card(column(page, 'In progress'), 'Order rope').tap();
  await page.getByRole('region', { name: /^Task / }).waitFor();
}
