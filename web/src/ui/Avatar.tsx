import type { CSSProperties } from 'react';
import { t } from '@/i18n';
import css from './Avatar.module.css';

const colors = ['red', 'orange', 'amber', 'lime', 'green', 'teal', 'sky', 'blue', 'violet', 'pink'];

/** At most two letters of a name, in any script; emoji and signs are passed over. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .map(word => /[\p{L}\p{N}]/u.exec(word)?.[0])
    .filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].filter(Boolean).join('');
  return /^\p{Script=Han}/u.test(letters) ? letters.slice(0, 1) : letters.toLocaleUpperCase() || '·';
}

function colorOf(id: string): string | undefined {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) % 9973;
  return colors[sum % colors.length];
}

export type Somebody = { id: string; name: string };

export function Avatar({ person, size = 20, isNamed = false }: { person: Somebody; size?: number; isNamed?: boolean }) {
  return (
    <span
      className={css.face}
      data-color={colorOf(person.id)}
      style={{ '--face': `${size}px` } as CSSProperties}
      title={person.name}
      role={isNamed ? 'img' : undefined}
      aria-label={isNamed ? person.name : undefined}
      aria-hidden={isNamed ? undefined : true}
    >
      {initials(person.name)}
    </span>
  );
}

export function Avatars({ people, most = 3 }: { people: Somebody[]; most?: number }) {
  const shown = people.slice(0, most);
  const rest = people.length - shown.length;
  return (
    <span
      className={css.faces}
      role="img"
      aria-label={t('people.assigned_to', { names: people.map(person => person.name).join(', ') })}
    >
      {shown.map(person => (
        <Avatar key={person.id} person={person} />
      ))}
      {rest > 0 && (
        <span className={css.face} data-color="gray">
          +{rest}
        </span>
      )}
    </span>
  );
}
