import { t, type WordKey } from '@/i18n';
import css from './LegalLinks.module.css';

/** What everybody may read, with or without an account; a line here puts it under every page outside the workspaces. */
const links: [string, WordKey][] = [
  ['/policy', 'policy.title'],
  ['/documents/terms', 'legal.terms'],
  ['/documents/cookies', 'legal.cookies'],
  ['/documents/security', 'legal.security'],
  ['/documents/data-protection-addendum', 'legal.addendum'],
  ['/documents/ai-terms', 'legal.ai'],
  ['/records', 'legal.records'],
  ['/subprocessors', 'entrance.subprocessors'],
  ['/proof', 'entrance.proof'],
];

export function LegalLinks() {
  return (
    <nav className={css.links} aria-label={t('legal.title')}>
      {links.map(([href, word]) => (
        <a key={href} href={href}>
          {t(word)}
        </a>
      ))}
    </nav>
  );
}
