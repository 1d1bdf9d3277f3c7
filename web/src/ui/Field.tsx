import { useId, type ComponentProps, type ReactNode } from 'react';
import { classes } from '@/base/classes';
import css from './Field.module.css';

type Around = { label: string; why?: string; wrong?: string; isLabelHidden?: boolean };

function Frame({ id, label, why, wrong, isLabelHidden, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label htmlFor={id} className={isLabelHidden ? 'only-read' : css.label}>
        {label}
      </label>
      {children}
      {why && (
        <p id={`${id}-why`} className={css.why}>
          {why}
        </p>
      )}
      {wrong && (
        <p id={`${id}-wrong`} className={css.wrong} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

function described(id: string, { why, wrong }: Around): string | undefined {
  return classes(why && `${id}-why`, wrong && `${id}-wrong`) || undefined;
}

/** A labelled line of text; `why` says in one line what it is used for, `wrong` what to do about it. */
export function TextField({ label, why, wrong, isLabelHidden, ...rest }: Around & ComponentProps<'input'>) {
  const id = useId();
  const around = { label, why, wrong, isLabelHidden };
  return (
    <Frame id={id} {...around}>
      <input
        id={id}
        className={css.control}
        aria-invalid={Boolean(wrong)}
        aria-describedby={described(id, around)}
        {...rest}
      />
    </Frame>
  );
}

export function TextArea({ label, why, wrong, isLabelHidden, ...rest }: Around & ComponentProps<'textarea'>) {
  const id = useId();
  const around = { label, why, wrong, isLabelHidden };
  return (
    <Frame id={id} {...around}>
      <textarea
        id={id}
        className={css.control}
        aria-invalid={Boolean(wrong)}
        aria-describedby={described(id, around)}
        {...rest}
      />
    </Frame>
  );
}

export function SelectField({ label, why, wrong, isLabelHidden, ...rest }: Around & ComponentProps<'select'>) {
  const id = useId();
  const around = { label, why, wrong, isLabelHidden };
  return (
    <Frame id={id} {...around}>
      <select id={id} className={css.control} aria-describedby={described(id, around)} {...rest} />
    </Frame>
  );
}

export function CheckField({ label, wrong, ...rest }: { label: ReactNode; wrong?: string } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={css.check}>
      <input
        id={id}
        type="checkbox"
        aria-invalid={Boolean(wrong)}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        {...rest}
      />
      <label htmlFor={id}>{label}</label>
      {wrong && (
        <p id={`${id}-wrong`} className={css.wrong} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
