import { useId, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { t } from '@/i18n';
import { Button, IconButton } from './Button';
import css from './Dialog.module.css';

type DialogProps = { title: string; isBare?: boolean; width?: number; onClose: () => void; children: ReactNode };

/** A question over the page. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, isBare = false, width = 480, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element?.close();
  }, []);
  return (
    // A press on the backdrop is a press on the dialog itself; its keyboard twin is Escape.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={css.dialog}
      style={{ '--dialog-size': `${width}px` } as CSSProperties}
      aria-labelledby={isBare ? undefined : id}
      aria-label={isBare ? title : undefined}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={event => event.target === dialog.current && onClose()}
    >
      {!isBare && (
        <header className={css.header}>
          <h2 id={id}>{title}</h2>
          <IconButton label={t('common.close')} onClick={onClose}>
            <X size={16} />
          </IconButton>
        </header>
      )}
      <div className={isBare ? undefined : css.body}>{children}</div>
    </dialog>
  );
}

export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className={css.foot}>{children}</div>;
}

type ConfirmProps = {
  title: string;
  text: ReactNode;
  act: string;
  isDangerous?: boolean;
  onClose: () => void;
  onAct: () => Promise<unknown>;
};

/** Says what will happen and does it once agreed; stays open with the reason when it could not be done. */
export function Confirm({ title, text, act, isDangerous = false, onClose, onAct }: ConfirmProps) {
  const [state, setState] = useState<'asking' | 'acting' | 'failed'>('asking');
  const run = () => {
    setState('acting');
    onAct().then(onClose, () => setState('failed'));
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div>{text}</div>
      {state === 'failed' && <p role="alert">{t('common.not_done')}</p>}
      <DialogFoot>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look={isDangerous ? 'danger' : 'primary'} busy={state === 'acting'} onClick={run} data-autofocus>
          {act}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
