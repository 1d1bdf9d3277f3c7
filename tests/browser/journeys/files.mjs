// Files on a task: chosen, dropped and pasted; shown, downloaded, deleted and taken back; refused where they are too large.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { addCards, card, column, eventually, settle } from '../support/steps.mjs';

/** A picture of one dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const files = page => page.getByRole('region', { name: 'Files' });

/** As a browser tells a page of files that hover over it, or are pasted. */
const give = (page, kind, name, text) =>
  page.evaluate(
    ([event, fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName, { type: 'text/plain' }));
      const made =
        event === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(event, { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(made);
    },
    [kind, name, text],
  );

async function openTask(page) {
  await settle(page);
  await addCards(page, 'To do', ['Paint the hull']);
  await card(column(page, 'To do'), 'Paint the hull').click();
  await page.getByRole('button', { name: 'Add files' }).waitFor();
}

async function keepFiles({ open }) {
  const page = await open();
  await openTask(page);
  await page.locator('input[type=file]').setInputFiles([
    { name: 'hull.png', mimeType: 'image/png', buffer: dot },
    { name: 'colours.txt', mimeType: 'text/plain', buffer: Buffer.from('red and blue') },
  ]);
  await files(page).getByRole('link', { name: 'Open hull.png' }).waitFor();
  await files(page).getByRole('link', { name: 'Download colours.txt' }).waitFor();
  const picture = files(page).locator('img');
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector('section[aria-label="Files"] img')?.naturalWidth === 1);

  await give(page, 'dragenter', 'x', 'x');
  await page.getByText('Drop files to put them on this task').waitFor();
  await give(page, 'drop', 'dropped.txt', 'dropped');
  await files(page).getByRole('link', { name: 'Download dropped.txt' }).waitFor();
  await page.getByText('Drop files to put them on this task').waitFor({ state: 'detached' });
  await give(page, 'paste', 'pasted.txt', 'pasted');
  await files(page).getByRole('link', { name: 'Download pasted.txt' }).waitFor();

  const fetched = page.waitForEvent('download');
  await files(page).getByRole('link', { name: 'Download colours.txt' }).click();
  const download = await fetched;
  assert.equal(download.suggestedFilename(), 'colours.txt');
  assert.equal(await readFile(await download.path(), 'utf8'), 'red and blue');

  const onCard = card(column(page, 'To do'), 'Paint the hull').getByText('Files');
  await onCard.waitFor();
  await files(page).getByRole('button', { name: 'Delete colours.txt' }).click();
  await files(page).getByRole('link', { name: 'Download colours.txt' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await files(page).getByRole('link', { name: 'Download colours.txt' }).waitFor();
  await page.reload();
  await files(page).getByRole('link', { name: 'Download pasted.txt' }).waitFor();
  await files(page).getByRole('listitem').nth(3).waitFor();
  await eventually(async () => assert.equal(await files(page).getByRole('listitem').count(), 4));
}

async function failAndTryAgain({ open }) {
  const page = await open();
  await openTask(page);
  let fails = true;
  await page.route('**/attachments', route =>
    fails && route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  const row = files(page).getByRole('listitem').filter({ hasText: 'a.txt' });
  await row.getByRole('alert').waitFor();
  fails = false;
  await row.getByRole('button', { name: 'Try again' }).click();
  await files(page).getByRole('link', { name: 'Download a.txt' }).waitFor();

  await page.evaluate(() => {
    const data = new DataTransfer();
    const large = new File(['x'], 'film.mp4');
    Object.defineProperty(large, 'size', { value: 200_000_000 });
    data.items.add(new File(['x'], 'film.mp4'));
    Object.defineProperty(data, 'files', { value: [large] });
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.getByText('A file can have 100 MB. This one has 200 MB.').waitFor();
  await page.getByRole('button', { name: 'Do not upload film.mp4' }).click();
  await page.getByText('A file can have 100 MB').waitFor({ state: 'detached' });
}

/** Exif as a telephone writes it: to be turned by 90 degrees, and where it was taken. */
const exif = Buffer.concat([
  Buffer.from('Exif\0\0II\x2a\0\x08\0\0\0\x02\0', 'latin1'),
  Buffer.from('\x12\x01\x03\0\x01\0\0\0\x06\0\0\0', 'latin1'),
  Buffer.from('\x0f\x01\x02\0\x10\0\0\0\x26\0\0\0\0\0\0\0', 'latin1'),
  Buffer.from('CANARY 48.137N\0\0', 'latin1'),
]);

/** A picture that this browser makes, 40 by 20, as bytes. */
async function drawn(page, type) {
  const bytes = await page.evaluate(async wanted => {
    const canvas = new OffscreenCanvas(40, 20);
    const context = canvas.getContext('2d');
    context.fillStyle = 'teal';
    context.fillRect(0, 0, 20, 20);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: wanted })).arrayBuffer())];
  }, type);
  return Buffer.from(bytes);
}

async function freePictures({ open }) {
  const page = await open();
  await openTask(page);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]);
  const jpeg = Buffer.concat([head, exif, (await drawn(page, 'image/jpeg')).subarray(2)]);
  await page.locator('input[type=file]').setInputFiles([
    { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg },
    { name: 'drawing.webp', mimeType: 'image/webp', buffer: await drawn(page, 'image/webp') },
    { name: 'drawing.png', mimeType: 'image/png', buffer: await drawn(page, 'image/png') },
  ]);
  for (const [name, width, height] of [
    ['photo.jpg', 20, 40], // turned, as it was
    ['drawing.webp', 40, 20],
    ['drawing.png', 40, 20],
  ]) {
    const address = await files(page)
      .getByRole('link', { name: `Open ${name}` })
      .getAttribute('href');
    const seen = await page.evaluate(async place => {
      const picture = new Image();
      picture.src = place;
      await picture.decode();
      const bytes = new Uint8Array(await (await fetch(place)).arrayBuffer());
      return { width: picture.naturalWidth, height: picture.naturalHeight, text: String.fromCharCode(...bytes) };
    }, address);
    assert.deepEqual([seen.width, seen.height], [width, height], name);
    assert.ok(!seen.text.includes('CANARY'), name);
  }
  assert.ok(jpeg.includes('CANARY'));
}

export const journeys = [
  { name: 'files are put on a task by choice, drop and paste, fetched, deleted and taken back', test: keepFiles },
  { name: 'photographs lose the place and keep how they are turned', test: freePictures },
  { name: 'an upload that fails says so at the file and is tried again', test: failAndTryAgain },
];
