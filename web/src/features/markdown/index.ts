import { lazy } from 'react';

export type { Inset } from './Markdown';
export type { Mentionable } from './mention';

/** They are heavy and are fetched when a text is first shown, or first edited. */
export const Markdown = lazy(async () => ({ default: (await import('./Markdown')).Markdown }));
export const MarkdownEditor = lazy(async () => ({ default: (await import('./MarkdownEditor')).MarkdownEditor }));
/** As `Markdown`, for texts in which people may be mentioned. */
export const Mentioned = lazy(async () => ({ default: (await import('./Mentioned')).Mentioned }));
