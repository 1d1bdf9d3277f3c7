export type Asked = { person_id?: string; name?: string; email?: string; words?: string[] };

/** What the form asks for; absent while it names nobody. Words stand one in each line. */
export function askedFor(form: { person: string; name: string; email: string; words: string }): Asked | null {
  const asked: Asked = {};
  if (form.person) asked.person_id = form.person;
  if (form.name.trim()) asked.name = form.name.trim();
  if (form.email.trim()) asked.email = form.email.trim();
  const words = form.words
    .split('\n')
    .map(word => word.trim())
    .filter(word => word !== '');
  if (words.length > 0) asked.words = words;
  return Object.keys(asked).length > 0 ? asked : null;
}
