import assert from 'node:assert/strict';
import { addCards, card, column, settle } from '../support/steps.mjs';

export const journeys = [{ name: 'what a board needs is asked before the program runs, and once', test: opening }];

/**
 * What the page has asked under /api since it was loaded last, with the script that asked. The page before it may still ask, for a change
 * that it was told of: what it asks belongs to another load.
 */
async function questions(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const asked = [];
  let load;
  session.on('Network.requestWillBeSent', ({ type, loaderId, request, initiator }) => {
    if (type === 'Document') {
      load = loaderId;
      asked.length = 0;
    }
    const { pathname } = new URL(request.url);
    if (loaderId === load && pathname.startsWith('/api/')) asked.push({ pathname, by: initiator.stack?.callFrames[0]?.url ?? '' });
  });
  return asked;
}

async function opening({ open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Varnish the mast']);
  const mast = card(column(page, 'To do'), 'Varnish the mast');
  const field = page.getByRole('textbox', { name: 'Title' });
  const asked = await questions(page);
  for (const isOpen of [false, true]) {
    if (isOpen) {
      await mast.click();
      await field.waitFor();
    }
    await page.reload();
    await mast.waitFor();
    if (isOpen) await field.waitFor();
    await page.waitForLoadState('networkidle');
    const early = asked.filter(({ by }) => by.endsWith('/first.js')).map(({ pathname }) => pathname);
    for (const path of early) {
      const times = asked.filter(({ pathname }) => pathname === path).length;
      assert.equal(times, 1, `${path} is asked ${times} times`);
    }
    assert.ok(early.some(path => path.endsWith('/board')), 'the board is asked at once');
    assert.equal(early.some(path => path.includes('/tasks/')), isOpen, 'the open task is asked at once');
  }
}
