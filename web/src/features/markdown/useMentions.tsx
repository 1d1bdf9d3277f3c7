import { useId, useState, type KeyboardEvent } from 'react';
import type { Editor } from '@tiptap/react';
import { t } from '@/i18n';
import { Avatar, Suggestions } from '@/ui';
import { offered, wantedMention, type Mentionable } from './mention';

const farthestBack = 60;

/** What stands before the caret in its paragraph; nothing in code or over a selection. */
function beforeCaret({ state }: Editor): string {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type.spec.code) return '';
  return $from.parent.textBetween(Math.max(0, $from.parentOffset - farthestBack), $from.parentOffset, '\n', '\ufffc');
}

/** The list of people under an `@`, and the keys that walk it. */
export function useMentions(editor: Editor, people: Mentionable[]) {
  const id = useId();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<string>();
  const wanted = people.length > 0 ? wantedMention(beforeCaret(editor)) : undefined;
  const isDismissed = dismissed !== undefined && wanted?.startsWith(dismissed);
  const found = wanted === undefined || isDismissed ? [] : offered(people, wanted);
  const isOpen = found.length > 0 && editor.isFocused;
  const current = Math.min(active, found.length - 1);

  const pick = (index: number) => {
    const person = found[index];
    if (!person || wanted === undefined) return;
    const { from } = editor.state.selection;
    const content = [
      { type: 'mention', attrs: { id: person.id } },
      { type: 'text', text: ' ' },
    ];
    editor
      .chain()
      .focus()
      .insertContentAt({ from: from - wanted.length - 1, to: from }, content)
      .run();
    setActive(0);
  };

  /** Before the editor sees them; true when the list took the key. */
  const takeKey = (event: KeyboardEvent): boolean => {
    if (!isOpen) {
      // A new @ is a new question.
      if (event.key === '@') setDismissed(undefined);
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((current + step + found.length) % found.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') pick(current);
    else if (event.key === 'Escape') setDismissed(wanted);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    return true;
  };

  const caret = () => {
    const { left, top, bottom } = editor.view.coordsAtPos(editor.state.selection.from);
    return new DOMRect(left, top, 0, bottom - top);
  };
  const list = isOpen && (
    <Suggestions
      id={id}
      label={t('mention.people')}
      choices={found.map(person => ({
        id: person.id,
        words: person.name,
        icon: <Avatar person={person} size={20} />,
      }))}
      active={current}
      caret={caret}
      onActive={setActive}
      onPick={pick}
    />
  );
  return { list, takeKey, activeOption: isOpen ? `${id}-${current}` : null };
}
