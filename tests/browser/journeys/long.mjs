import assert from 'node:assert/strict';
import { card, cards, column, eventually, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'a long column is walked, scrolled, dragged in and added to, though few of its cards are drawn at first', test: longColumn }];

const many = 150;

/** By the page itself, one after the other, so that they stand in this order. */
const fill = page =>
  page.evaluate(async count => {
    const [, , workspace, , project] = location.pathname.split('/');
    for (let i = 1; i <= count; ++i)
      await fetch(`/api/v1/workspaces/${workspace}/projects/${project}/tasks`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ title: `Plank ${i}.` }),
      });
  }, many);

const focused = (page, title) => card(column(page, 'To do'), title).and(page.locator(':focus')).waitFor();

async function longColumn({ open }) {
  const page = await open();
  await settle(page);
  await fill(page);
  await page.reload();
  const place = column(page, 'To do');
  await card(place, 'Plank 1.').waitFor();
  const drawn = await cards(place).count();
  assert.ok(drawn < many, `${drawn} of ${many} are drawn at once`);

  await card(place, 'Plank 1.').focus();
  for (let i = 2; i <= 40; ++i) {
    await page.keyboard.press('ArrowDown');
    await focused(page, `Plank ${i}.`);
  }

  await place.getByRole('button', { name: 'Add a task to To do' }).click();
  const field = page.getByRole('textbox', { name: 'What is to be done?' });
  await eventually(async () => {
    const [form, last] = [await field.boundingBox(), await card(place, `Plank ${many}.`).boundingBox()];
    assert.ok(form && last && form.y + form.height <= 900 && last.y < form.y, 'the form and the last card are in view');
  });
  await field.fill('Nail');
  await field.press('Enter');
  await card(place, 'Nail').waitFor();
  await field.press('Escape');

  const list = place.getByRole('list');
  await list.hover();
  await eventually(async () => {
    await page.mouse.wheel(0, -1500);
    const box = await card(place, 'Plank 1.').boundingBox();
    assert.ok(box && box.y > 0, 'back at the top');
  });

  const { x, y } = await card(place, 'Plank 2.').boundingBox();
  const foot = await place.locator('[data-over]').boundingBox();
  await page.mouse.move(x + 60, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + 70, y + 40);
  await eventually(async () => {
    await page.mouse.move(x + 70, foot.y + foot.height - 20, { steps: 2 }); // a browser tells where a still hand is, its driver does not
    const { y: top } = await card(place, 'Plank 1.').boundingBox();
    assert.ok(top < -300, 'a card that is held at the foot of a column scrolls it');
  });
  await page.mouse.up();
}
