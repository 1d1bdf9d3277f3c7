import { useState, type ReactNode } from 'react';
import { classes } from '@/base/classes';
import { Picker, Popover, useShortcut, type Choice } from '@/ui';
import css from './fields.module.css';

type PickerFieldProps = {
  label: string;
  /** The key that opens it, where there is only one such field on the page. */
  keys?: string;
  choices: Choice[];
  chosen: readonly string[];
  isMulti?: boolean;
  isCompact?: boolean;
  onPick: (id: string) => void;
  onCreate?: (words: string) => void;
  offer?: (words: string) => string | undefined;
  children: ReactNode;
};

/** Shows a value; one click or one key opens the choices. */
export function PickerField({
  label,
  keys,
  choices,
  chosen,
  isMulti = false,
  isCompact = false,
  onPick,
  onCreate,
  offer,
  children,
}: PickerFieldProps) {
  const [isOpen, setOpen] = useState(false);
  useShortcut(keys ?? '', () => setOpen(true), keys !== undefined);
  const choosing = (choose: (words: string) => void) => (words: string) => {
    choose(words);
    if (!isMulti) setOpen(false);
  };
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={setOpen}
      label={label}
      width={240}
      button={
        <button
          type="button"
          className={classes(css.value, isCompact && css.compact)}
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          <span className="only-read">{label}:</span>
          {children}
        </button>
      }
    >
      <Picker
        label={label}
        choices={choices}
        chosen={chosen}
        onPick={choosing(onPick)}
        onCreate={onCreate && choosing(onCreate)}
        offer={offer}
      />
    </Popover>
  );
}
