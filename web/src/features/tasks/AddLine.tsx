import { useState } from 'react';
import { Plus } from 'lucide-react';
import css from './AddLine.module.css';
import { SaveFailure, SensitiveWarning } from './Sensitive';

type AddLineProps = {
  label: string;
  onAdd: (text: string, keepSensitive?: true) => Promise<unknown>;
  /** Where what is typed is looked at for sensitive data; nowhere, when absent. */
  workspace?: string;
  isOpenAtFirst?: boolean;
};

/** A line to type in; Enter adds it and empties the line for the next. What was typed stays when adding failed. */
export function AddLine({ label, onAdd, workspace, isOpenAtFirst = false }: AddLineProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const add = (keepSensitive?: true) => {
    const wanted = text.trim();
    if (!wanted) return;
    setText('');
    setProblem(null);
    onAdd(wanted, keepSensitive).catch((error: unknown) => {
      setText(now => now || wanted);
      setProblem(error);
    });
  };
  if (!isOpen) {
    return (
      <button type="button" className={css.open} onClick={() => setOpen(true)}>
        <Plus size={14} aria-hidden />
        {label}
      </button>
    );
  }
  return (
    <div>
      <input
        className={css.line}
        aria-label={label}
        placeholder={label}
        dir="auto"
        // eslint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by the button it replaces
        autoFocus
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={() => text.trim() === '' && !isOpenAtFirst && setOpen(false)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') add();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setProblem(null);
            setOpen(false);
          }
        }}
      />
      {problem !== null ? (
        <SaveFailure error={problem} again={() => add()} keep={() => add(true)} />
      ) : (
        workspace && <SensitiveWarning workspace={workspace} text={text} />
      )}
    </div>
  );
}
