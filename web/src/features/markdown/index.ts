import { lazy } from 'react';

export type { Inset } from './Markdown';

/** Both are heavy and are fetched when a text is first shown, or first edited. */
export const Markdown = lazy(async () => ({ default: (await import('./Markdown')).Markdown }));
export const MarkdownEditor = lazy(async () => ({ default: (await import('./MarkdownEditor')).MarkdownEditor }));
