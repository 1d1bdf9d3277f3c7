import { signIn, signUp } from '../support/steps.mjs';

export const journeys = [
  { name: 'an objection to a change of the policy is a request, and is answered', options: ['--demo'], test: object },
];

const reason = 'I do not want my country guessed.';
const reply = 'We leave it out for you.';

async function object({ open }) {
  const page = await open();
  await page.goto('/policy');
  await page.getByRole('link', { name: /^What changed since/ }).click();
  await page.getByRole('link', { name: 'Sign in to object' }).waitFor();
  await signUp(page, { name: 'Ada Example', email: 'ada-objects@dialpine.example' });
  await page.getByLabel('Name of the workspace').waitFor();
  await page.goto('/policy');
  await page.getByRole('link', { name: /^What changed since/ }).click();
  await page.getByLabel('What you object to, and why').fill(reason);
  await page.getByRole('button', { name: 'Object to this change' }).click();
  await page.getByText(/^You objected on .*An answer is due by/).waitFor();
  await page.getByRole('link', { name: 'How it stands' }).click();
  const mine = page.getByRole('region', { name: 'Objections to changes' }).getByRole('listitem');
  await mine.getByText(reason).waitFor();
  await mine.getByText(/^An answer is due by/).waitFor();

  const operator = await open();
  await signIn(operator, 'mia@dialpine.example', 'look-around');
  await operator.getByRole('heading', { name: 'Hello Mia Example' }).waitFor();
  await operator.goto('/me');
  await operator.getByRole('main').getByRole('link', { name: /^Requests/ }).click();
  const request = operator.getByRole('listitem').filter({ hasText: reason });
  await request.getByText(/^Ada Example, on/).waitFor();
  await request.getByLabel('Your answer').fill(reply);
  await request.getByRole('button', { name: 'Send the answer' }).click();
  await operator.getByRole('heading', { name: 'Nobody waits for an answer' }).waitFor();
  await operator.getByRole('region', { name: 'Answered' }).getByText(reply).waitFor();

  await page.reload();
  await mine.getByText(reply).waitFor();
  await mine.getByText(/^Answered on/).waitFor();
}
