import assert from 'node:assert/strict';
import { nameWorkspace, signUp, startEmpty } from '../support/steps.mjs';

export const journeys = [{ name: 'the first visit until a board shows is small', test: firstVisit }];

const most = 280_000; // bytes as they are sent, fonts included

async function firstVisit({ open }) {
  const page = await open();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', event => (bytes += event.encodedDataLength));
  await signUp(page, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await nameWorkspace(page, 'Harbour workshop');
  await startEmpty(page, 'Boats');
  await page.waitForLoadState('networkidle');
  assert.ok(bytes < most, `${bytes} bytes were sent, ${most} are allowed`);
  return `${(bytes / 1000).toFixed(1)} kB`;
}
