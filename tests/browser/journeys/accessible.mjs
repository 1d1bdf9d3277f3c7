import assert from 'node:assert/strict';
import { require } from '../support/places.mjs';
import { signIn } from '../support/steps.mjs';

const { AxeBuilder } = require('@axe-core/playwright');

export const journeys = ['light', 'dark'].map(colorScheme => ({
  name: `axe finds nothing on any page, ${colorScheme}`,
  options: ['--demo'],
  test: world => everyPage(world, colorScheme),
}));

async function everyPage({ open }, colorScheme) {
  const page = await open({ colorScheme });
  const found = [];
  let checked = 0;
  const check = async name => {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    for (const { id, nodes } of violations) found.push(`${name}: ${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
    checked++;
  };
  const visit = async (path, shown) => {
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    await page.waitForLoadState('networkidle');
    await check(path);
  };
  await visit('/sign-up', 'Create an account');
  await visit('/sign-in', 'New here?');
  await visit('/policy', 'Privacy policy');
  await visit('/proof', 'What DialPine promises');
  await visit('/policy?from=2026-11-24', 'From 2026-11-24 to');
  await visit('/documents/terms', 'Versions');
  await visit('/documents/nothing', 'Nothing is here');
  await visit('/records', 'Record of processing activities');
  await visit('/subprocessors', 'Where data is, and where it goes');
  await visit('/join#nothing', 'This invitation no longer holds');
  await visit('/erased/nothing', 'Nothing is here');

  await signIn(page, 'mia@dialpine.example', 'look-around');
  await page.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  const home = new URL(page.url()).pathname;
  const board = await page.getByRole('navigation').locator('a[href*="/p/"]').first().getAttribute('href');
  const pages = [
    [home, 'Hello Mia Example'],
    [board, 'Ideas'],
    [`${board}/t/REPA-31`, 'Build the long workbench'],
    [`${board}?view=list`, 'Build the long workbench'],
    [`${board}/settings`, 'Archive project'],
    [`${board}/archive`, 'Trash'],
    [`${home}/search?q=workbench`, 'Build the long workbench'],
    [`${home}/settings`, 'Invitations'],
    [`${home}/import`, 'Drop the export file here'],
    [`${home}/nowhere`, 'Nothing is here'],
    ['/new-workspace', 'Name your workspace'],
    ['/me', 'Take along, or leave'],
    ['/me/data', 'From '],
    ['/me/consents', 'Reports of errors'],
    ['/me/activity', 'Your devices'],
    ['/me/disclosures', 'Nobody has received anything'],
    ['/me/holds', 'Nothing is held'],
    ['/me/written', 'Ask the admins to look'],
    ['/me/move', 'Drop the export file here'],
    ['/import-workspace', 'Drop the export file here'],
    [`${home}/about-a-person`, 'Other words'],
    ['/me/rights', 'Profiling'],
    ['/me/log', 'Proofs in the log'],
    ['/me/export', 'Prepare the download'],
    ['/me/account', 'Change password'],
    ['/me/sessions', 'This one'],
    ['/me/publications', 'Nothing waits'],
    ['/me/outbox', 'No mail waits'],
    ['/me/requests', 'Nobody waits for an answer'],
    ['/me/statistics', 'Nothing to show yet'],
    ['/me/crashes', 'No errors'],
    ['/me/erase', 'What goes'],
  ];
  for (const [path, shown] of pages) await visit(path, shown);
  await dialogs(page, board, check);
  assert.deepEqual(found, []);
  return `${checked} pages and dialogs`;
}

/** What opens over a page. */
async function dialogs(page, board, check) {
  await page.goto(board);
  await page.getByText('Ideas').first().waitFor();
  const shows = async (name, key, role, label) => {
    await page.keyboard.press(key);
    await page.getByRole(role, { name: label }).waitFor();
    await check(name);
    await page.keyboard.press('Escape');
    await page.getByRole(role, { name: label }).waitFor({ state: 'detached' });
  };
  await shows('palette', 'Control+k', 'dialog', 'Find or do anything');
  await shows('create', 'c', 'dialog', 'New task');
  await shows('keys', '?', 'dialog', 'Keys');

  await page.goto(`${board}/t/REPA-31`);
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await page.getByRole('button', { name: 'Write a comment' }).click();
  await page.getByRole('textbox', { name: 'Write a comment' }).waitFor();
  await check('editor');
  await page.keyboard.type('@m');
  await page.getByRole('option', { name: 'Mia Example' }).waitFor();
  await check('mention');

  await page.goto('/me/rights');
  await page.getByRole('button', { name: 'Restrict my data' }).click();
  await page.getByRole('dialog', { name: 'Restrict the use of your data?' }).waitFor();
  await check('restriction');
  await page.getByRole('dialog').getByRole('button', { name: 'Restrict my data' }).click();
  await page.getByRole('dialog', { name: 'Is it you?' }).waitFor();
  await check('password');
}
