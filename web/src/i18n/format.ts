/** A message is plain text with `{name}`, ICU plurals `{count, plural, one {# task} other {# tasks}}` and `<tag>…</tag>`. */
export type Values = Record<string, string | number>;

const plurals = new Map<string, Intl.PluralRules>();

function pluralOf(language: string, count: number): string {
  let rules = plurals.get(language);
  if (!rules) plurals.set(language, (rules = new Intl.PluralRules(language)));
  return rules.select(count);
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`A brace is not closed in: ${text}`);
}

function branches(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at)) {
    const end = closingBrace(text, at);
    const before = text.slice(0, at).trim().split(/\s/).at(-1) ?? '';
    found.set(before.replace(/^.*\}/, ''), text.slice(at + 1, end));
    text = text.slice(end + 1);
    at = 0;
  }
  return found;
}

function placeholder(inside: string, values: Values, language: string): string {
  const [name = '', kind, ...rest] = inside.split(',');
  const value = values[name.trim()];
  if (value === undefined) throw new Error(`A message needs a value for {${name.trim()}}`);
  if (kind?.trim() !== 'plural') return typeof value === 'number' ? value.toLocaleString(language) : value;
  const count = Number(value);
  const choices = branches(rest.join(','));
  const chosen = choices.get(`=${count}`) ?? choices.get(pluralOf(language, count)) ?? choices.get('other') ?? '';
  return format(chosen.replaceAll('#', count.toLocaleString(language)), values, language);
}

export function format(text: string, values: Values = {}, language = 'en'): string {
  let answer = '';
  let at = 0;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
    const end = closingBrace(text, open);
    answer += text.slice(at, open) + placeholder(text.slice(open + 1, end), values, language);
    at = end + 1;
  }
  return answer + text.slice(at);
}
