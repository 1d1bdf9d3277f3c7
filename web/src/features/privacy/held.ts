import type { HeldCategory, HeldItem } from '@/api';

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Everything that can be read of an item, once for each item: it is searched at every key. */
const texts = new WeakMap<HeldItem, string>();
function textOf(item: HeldItem): string {
  let text = texts.get(item);
  if (text === undefined) {
    const values = item.values.flatMap(({ value, row }) => [value, row ?? '']);
    text = fold([item.label, item.source, item.keep, item.basis, ...item.uses, ...values].join('\n'));
    texts.set(item, text);
  }
  return text;
}

/** What holds every word of the search, by its own words or by its category's; all of it for an empty search. */
export function categoriesWith(categories: HeldCategory[], wanted: string): HeldCategory[] {
  const words = fold(wanted).split(/\s+/).filter(Boolean);
  if (words.length === 0) return categories;
  return categories
    .map(category => {
      const title = fold(category.title);
      const items = category.items.filter(item =>
        words.every(word => title.includes(word) || textOf(item).includes(word)),
      );
      return { ...category, items, count: items.reduce((count, item) => count + item.count, 0) };
    })
    .filter(category => category.items.length > 0);
}
