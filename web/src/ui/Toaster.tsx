import { X } from 'lucide-react';
import { t } from '@/i18n';
import { useShortcut } from './shortcuts';
import { dismissToast, undoLast, useToast } from './toasts';
import css from './Toaster.module.css';

export function Toaster() {
  const toast = useToast();
  useShortcut('mod+z', undoLast);
  return (
    <div className={css.place} role="status">
      {toast && (
        <div key={toast.id} className={css.toast}>
          <span className={css.words}>{toast.text}</span>
          {toast.undo && (
            <button type="button" className={css.undo} onClick={undoLast}>
              {t('common.undo')}
              <kbd>{t('keys.name.undo')}</kbd>
            </button>
          )}
          <button type="button" className={css.close} aria-label={t('common.dismiss')} onClick={dismissToast}>
            <X size={14} />
          </button>
        </div>
      )}
    </div>
  );
}
