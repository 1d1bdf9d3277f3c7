import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Check } from 'lucide-react';
import { t } from '@/i18n';
import css from './Picker.module.css';

export type Choice = { id: string; words: string; icon?: ReactNode };
type PickerProps = {
  label: string;
  choices: Choice[];
  chosen: readonly string[];
  onPick: (id: string) => void;
  /** Offered when nothing of the same name exists. */
  onCreate?: (words: string) => void;
  /** How that offer reads; nothing for words of which nothing can be made. */
  offer?: (words: string) => string | undefined;
};

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A searchable list of choices; whoever opens it decides whether picking closes it. */
export function Picker({
  label,
  choices,
  chosen,
  onPick,
  onCreate,
  offer = name => t('picker.create', { name }),
}: PickerProps) {
  const id = useId();
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shown = useMemo(
    () => choices.filter(choice => fold(choice.words).includes(fold(wanted.trim()))),
    [choices, wanted],
  );
  const isNew = wanted.trim() !== '' && !shown.some(choice => fold(choice.words) === fold(wanted.trim()));
  const offered = isNew ? offer(wanted.trim()) : undefined;
  const canCreate = onCreate && offered !== undefined;
  const count = shown.length + (canCreate ? 1 : 0);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const pick = (index: number) => {
    const choice = shown[index];
    if (choice) onPick(choice.id);
    else if (canCreate) onCreate(wanted.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      setActive(current => (current + step + count) % count);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(active);
    }
  };
  return (
    <>
      <input
        className={css.search}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
        aria-label={label}
        placeholder={label}
        value={wanted}
        data-autofocus
        onChange={event => {
          setWanted(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={css.options} aria-multiselectable>
        {shown.map((choice, index) => (
          // Keys go to the field above, which names the active option.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={chosen.includes(choice.id)}
            className={css.option}
            data-active={index === active}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(choice.id)}
          >
            {choice.icon}
            <span className={css.words} dir="auto">
              {choice.words}
            </span>
            {chosen.includes(choice.id) && <Check size={14} className={css.check} aria-hidden />}
          </li>
        ))}
        {canCreate && (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            id={`${id}-${shown.length}`}
            role="option"
            aria-selected={false}
            className={css.option}
            data-active={active === shown.length}
            onClick={() => onCreate(wanted.trim())}
          >
            <span className={css.words}>{offered}</span>
          </li>
        )}
      </ul>
      {count === 0 && <p className={css.none}>{t('picker.nothing')}</p>}
    </>
  );
}
