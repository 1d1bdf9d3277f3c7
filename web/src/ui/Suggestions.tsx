import { useEffect, useLayoutEffect, useRef } from 'react';
import { computePosition, flip, offset, shift } from '@floating-ui/dom';
import { classes } from '@/base/classes';
import floating from './floating.module.css';
import css from './Picker.module.css';
import type { Choice } from './Picker';

type SuggestionsProps = {
  id: string;
  label: string;
  choices: Choice[];
  active: number;
  /** Where the caret is now. */
  caret: () => DOMRect;
  onActive: (index: number) => void;
  onPick: (index: number) => void;
};

/** Choices under the caret of a text. The focus and the keys stay with the text, which names the active option. */
export function Suggestions({ id, label, choices, active, caret, onActive, onPick }: SuggestionsProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    element.showPopover();
    const middleware = [offset(4), flip({ padding: 8 }), shift({ padding: 8 })];
    const reference = { getBoundingClientRect: caret };
    void computePosition(reference, element, { strategy: 'fixed', placement: 'bottom-start', middleware }).then(
      ({ x, y }) => Object.assign(element.style, { left: `${x}px`, top: `${y}px` }),
    );
  });
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <ul
      ref={list}
      id={id}
      popover="manual"
      role="listbox"
      aria-label={label}
      className={classes(floating.floating, css.options)}
    >
      {choices.map((choice, index) => (
        // Keys go to the text.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={choice.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={css.option}
          data-active={index === active}
          onMouseMove={() => onActive(index)}
          onMouseDown={event => event.preventDefault()}
          onClick={() => onPick(index)}
        >
          {choice.icon}
          <span className={css.words} dir="auto">
            {choice.words}
          </span>
        </li>
      ))}
    </ul>
  );
}
