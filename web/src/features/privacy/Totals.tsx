import { Link } from '@tanstack/react-router';
import type { MyData } from '@/api';
import { dayAndTime } from '@/base/dates';
import { Words } from '@/i18n';

/** The statement's first line: how much is held, how it lies, and as of when. */
export function Totals({ data }: { data: MyData }) {
  const sealed = data.categories.flatMap(category => category.items).filter(item => item.sealed).length;
  const kinds = data.categories.reduce((count, category) => count + category.items.length, 0);
  const values = { total: data.total, kinds, sealed, when: dayAndTime(data.generated_at) };
  const parts = {
    strong: (text: string) => <strong>{text}</strong>,
    em: (text: string) => <Link to="/me/disclosures">{text}</Link>,
  };
  return <Words of="privacy.totals" values={values} parts={parts} />;
}
