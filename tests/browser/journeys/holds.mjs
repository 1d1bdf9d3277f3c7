import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../support/places.mjs';
import { nameWorkspace, password, signUp } from '../support/steps.mjs';

export const journeys = [
  { name: 'a legal hold is shown, delays the erasure, and the erasure can be taken back', test: heldErasure },
  { name: 'the last owner leaves, and an admin keeps the workspace', test: lastOwner },
];

const program = process.env.DIALPINE_PROGRAM ?? join(root, 'build/release/dialpine');
const day = ahead => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

async function askForErasure(page) {
  await page.getByRole('button', { name: 'Next: what stays' }).click();
  await page.getByRole('button', { name: 'Next: password' }).click();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Erase my account' }).click();
}

async function heldErasure({ open, server }) {
  const page = await open();
  await signUp(page, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await nameWorkspace(page, 'Harbour workshop');
  await page.goto('/me/holds');
  await page.getByText('Nothing is held').waitFor();

  const words = ['--data', server.folder, 'hold', 'add', '--person', 'mia@dialpine.example', '--reason', 'Tax audit 2026', '--until', day(30)];
  execFileSync(program, words);
  await page.reload();
  await page.getByText('Tax audit 2026').waitFor();
  await page.goto('/me/erase');
  await page.getByText(/^A legal hold keeps your data until .*: Tax audit 2026$/).waitFor();
  await askForErasure(page);
  await page.getByText(/^Your erasure, asked for on .*, waits for the end of a legal hold/).waitFor();
  await page.getByRole('button', { name: 'Take the erasure back' }).click();
  await page.getByRole('button', { name: 'Next: what stays' }).waitFor();
}

async function lastOwner({ open }) {
  const owner = await open();
  await signUp(owner, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await nameWorkspace(owner, 'Harbour workshop');
  await owner.getByRole('link', { name: 'Settings' }).click();
  await owner.getByRole('heading', { name: 'Export the workspace' }).waitFor();
  const address = owner.url();
  const link = await owner.evaluate(async () => {
    const { items } = await (await fetch('/api/v1/workspaces')).json();
    const made = await fetch(`/api/v1/workspaces/${items[0].id}/invitations`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ role: 'admin' }),
    });
    return (await made.json()).link;
  });

  const admin = await open();
  await signUp(admin, { name: 'Ada Example', email: 'ada@dialpine.example' });
  await admin.getByLabel('Name of the workspace').waitFor();
  const { pathname, hash } = new URL(link);
  await admin.goto(pathname + hash);
  await admin.getByRole('button', { name: 'Join as Ada Example' }).click();
  await admin.waitForURL(/\/w\//);

  await owner.goto('/me/erase');
  await askForErasure(owner);
  await owner.getByLabel('Who owns Harbour workshop after you?').selectOption('close');
  await owner.getByRole('button', { name: 'Erase my account' }).click();
  await owner.getByRole('heading', { name: 'Your account is erased' }).waitFor();
  await owner.getByText('Workspaces that close after their week').waitFor();

  await admin.goto(address);
  await admin.getByText(/^The last owner of this workspace has left\. It closes on/).waitFor();
  await admin.getByRole('button', { name: 'Keep this workspace' }).click();
  await admin.getByText(/^The last owner of this workspace has left/).waitFor({ state: 'detached' });
}
