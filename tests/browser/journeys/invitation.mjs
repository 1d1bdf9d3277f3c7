import assert from 'node:assert/strict';
import { sampleBoard } from '../support/places.mjs';
import { eventually, fillSignUp, importBoard, nameWorkspace, signUp } from '../support/steps.mjs';

export const journeys = [{ name: 'an invitation is made, claimed, and taken back', test: invite }];

async function invite({ open }) {
  const owner = await open();
  await signUp(owner, { name: 'Mia Example', email: 'mia@dialpine.example' });
  await nameWorkspace(owner, 'Harbour workshop');
  await importBoard(owner, sampleBoard());
  await owner.getByRole('link', { name: 'Workspace settings' }).click();

  const forWhom = owner.getByLabel('For a person of an imported board');
  const claimed = (await forWhom.getByRole('option').nth(1).textContent()).trim();
  await forWhom.selectOption({ label: claimed });
  const link = await createLink(owner);

  const guest = await open();
  await guest.goto(link);
  await guest.getByText(`Work that an imported board attributes to ${claimed} becomes yours.`).waitFor();
  await fillSignUp(guest, { name: 'Sten Example', email: 'sten@dialpine.example' });
  await guest.getByRole('checkbox').check();
  await guest.getByRole('button', { name: 'Create an account' }).click();
  await guest.getByRole('heading', { name: 'Hello Sten Example' }).waitFor();

  await owner.reload();
  await owner.getByRole('region', { name: 'Members' }).getByText('Sten Example', { exact: true }).waitFor();
  await eventually(async () => {
    const offered = await forWhom.getByRole('option').allTextContents();
    assert.ok(offered.length > 0 && !offered.includes(claimed), 'who has an account is not offered any more');
  });

  const used = await open();
  await used.goto(link);
  await used.getByRole('heading', { name: 'This invitation no longer holds' }).waitFor();

  const second = await createLink(owner);
  await owner.getByRole('button', { name: 'Take back' }).click();
  await owner.getByRole('button', { name: 'Take back' }).waitFor({ state: 'detached' });
  const late = await open();
  await late.goto(second);
  await late.getByRole('heading', { name: 'This invitation no longer holds' }).waitFor();
}

async function createLink(page) {
  const shown = page.getByLabel('Invitation link');
  const before = (await shown.count()) > 0 ? await shown.inputValue() : '';
  await page.getByRole('button', { name: 'Create a link' }).click();
  await page.waitForFunction(
    old => [...document.querySelectorAll('input[readonly]')].some(field => field.value.includes('/join#') && field.value !== old),
    before,
  );
  return await shown.inputValue();
}
