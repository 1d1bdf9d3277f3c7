import { t } from '@/i18n';

/** As people say it: 812 bytes, 48 kB, 2.4 MB. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return t('size.bytes', { count: bytes });
  if (bytes < 999_500) return t('size.kb', { count: Math.round(bytes / 1000) });
  return t('size.mb', { count: Math.round(bytes / 100_000) / 10 });
}
