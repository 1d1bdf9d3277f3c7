import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { password, settle, signIn } from '../support/steps.mjs';

export const journeys = [{ name: 'a second factor is set up, asked for and taken away', test: secondFactor }];

/** What an authenticator app shows (RFC 6238). */
function codeOf(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map(letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

async function secondFactor({ open }) {
  const page = await open();
  await settle(page);
  await page.goto('/me/account');
  const section = page.getByRole('region', { name: 'Second factor' });
  await section.getByLabel('Current password').fill(password);
  await section.getByRole('button', { name: 'Set up a second factor' }).click();
  await section.getByRole('img', { name: /^QR code/ }).waitFor();
  const uri = await section.getByRole('link', { name: 'Open an app' }).getAttribute('href');
  const secret = new URL(uri).searchParams.get('secret');
  const shown = (await section.locator('code').first().textContent()).replaceAll(' ', '');
  assert.equal(shown, secret, 'by hand it is the same');

  await section.getByLabel('Code', { exact: true }).fill('000000');
  await section.getByRole('button', { name: 'Ask for codes' }).click();
  await section.getByText('is not the code that your app shows now').waitFor();
  await section.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await section.getByRole('button', { name: 'Ask for codes' }).click();
  const listed = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await listed.first().waitFor();
  await listed.nth(9).waitFor();
  const codes = await listed.allTextContents();
  assert.equal(codes.length, 10);
  await section.getByRole('button', { name: 'I have kept them' }).click();
  await section.getByText('10 recovery codes are left').waitFor();

  const other = await open();
  await signIn(other, 'mia@dialpine.example');
  const code = other.getByLabel('Code', { exact: true });
  await code.fill('not it');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.getByText('Wait for your app').waitFor();
  await code.fill(codes[0]);
  await code.press('Enter');
  await other.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();

  await page.goto('/me/account');
  await section.getByText('9 recovery codes are left').waitFor();
  await section.getByLabel('Current password').fill(password);
  await section.getByRole('button', { name: 'Remove the second factor' }).click();
  await section.getByRole('button', { name: 'Set up a second factor' }).waitFor();
  const third = await open();
  await signIn(third, 'mia@dialpine.example');
  await third.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
}
