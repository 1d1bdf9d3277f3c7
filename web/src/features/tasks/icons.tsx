import type { Priority, StatusGroup } from '@/api';
import type { ColorName } from '@/ui';
import css from './icons.module.css';

/** A status as a dial that fills: dashed before the start, a quarter, half, full. The shape says the group without colour. */
export function StatusIcon({ group, color, size = 14 }: { group: StatusGroup; color: ColorName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      className={css.status}
      data-color={color}
      fill="none"
      aria-hidden
    >
      <circle
        cx="7"
        cy="7"
        r="5.6"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeDasharray={group === 'backlog' ? '2 2.4' : undefined}
      />
      {group === 'started' && <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8Z" fill="currentColor" />}
      {group === 'completed' && (
        <>
          <circle cx="7" cy="7" r="5.6" fill="currentColor" />
          <path
            d="m4.5 7.2 1.8 1.8 3.3-3.7"
            stroke="var(--raised)"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )}
      {group === 'cancelled' && (
        <path d="m5 5 4 4m0-4-4 4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      )}
    </svg>
  );
}

const bars: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 4 };

export function PriorityIcon({ priority, size = 14 }: { priority: Priority; size?: number }) {
  if (priority === 'urgent') {
    return (
      <svg width={size} height={size} viewBox="0 0 14 14" className={css.urgent} aria-hidden>
        <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
        <path d="M7 3.6v4" stroke="var(--raised)" strokeWidth="1.7" strokeLinecap="round" />
        <circle cx="7" cy="10.2" r="1" fill="var(--raised)" />
      </svg>
    );
  }
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" className={css.priority} aria-hidden>
      {[0, 1, 2].map(bar => (
        <rect
          key={bar}
          x={1.5 + bar * 4}
          y={9 - bar * 3}
          width="2.8"
          height={3.5 + bar * 3}
          rx="1"
          fill="currentColor"
          opacity={bar < bars[priority] ? 1 : 0.28}
        />
      ))}
    </svg>
  );
}
