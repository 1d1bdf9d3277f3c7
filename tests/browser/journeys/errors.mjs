import { addCards, card, column, holds, settle, signIn } from '../support/steps.mjs';

export const journeys = [
  { name: 'the server goes away and nothing typed is lost', test: serverGone },
  { name: 'an address that leads nowhere', test: nowhere },
  { name: 'a wrong password', test: wrongPassword },
];

async function serverGone({ server, open }) {
  const page = await open();
  await settle(page);
  await addCards(page, 'To do', ['Sand the hull']);
  await card(column(page, 'To do'), 'Sand the hull').click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.waitFor();
  await server.stop();
  await page.getByText('No connection.').waitFor();

  await title.fill('Sand the keel');
  await title.press('Enter');
  await page.getByText('The server cannot be reached.').first().waitFor();
  await holds(title, 'Sand the keel');

  await server.start();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await card(column(page, 'To do'), 'Sand the keel').waitFor();
  await page.getByText('No connection.').waitFor({ state: 'detached', timeout: 20_000 });
  await page.reload();
  await card(column(page, 'To do'), 'Sand the keel').waitFor();
}

async function nowhere({ open }) {
  const page = await open();
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
  await settle(page);
  await page.goto(`${new URL(page.url()).pathname}/t/BOA-99`);
  await page.getByText('This task is not here').waitFor();
  await page.goto('/w/01a20ba1-c8b7-7000-9cf7-26187fa153d6');
  await page.getByText('Nothing is here').first().waitFor();
}

async function wrongPassword({ open }) {
  const page = await open();
  await settle(page);
  await page.context().clearCookies();
  await signIn(page, 'mia@dialpine.example', 'not the right words');
  await page.getByRole('alert').waitFor();
  await holds(page.getByLabel('E-mail'), 'mia@dialpine.example');
  await signIn(page, 'mia@dialpine.example');
  await column(page, 'To do').or(page.getByRole('heading', { name: 'Hello Mia Example' })).first().waitFor();
}
