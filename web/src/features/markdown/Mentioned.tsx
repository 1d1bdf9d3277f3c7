import { t } from '@/i18n';
import { Markdown, type Inset } from './Markdown';
import css from './Markdown.module.css';
import { mentionPattern, type Mentionable } from './mention';

/** A text of the team: mentions are shown as the names that the people have now. */
export function Mentioned({ text, people }: { text: string; people: Mentionable[] }) {
  const inset: Inset = {
    pattern: mentionPattern,
    draw: ([, id]) => (
      <span className={css.mention} dir="auto">
        @{people.find(person => person.id === id)?.name ?? t('people.somebody')}
      </span>
    ),
  };
  return <Markdown text={text} inset={inset} />;
}
