const ticks = Array.from({ length: 12 }, (_, hour) => hour * 30);

/** The mark: a dial whose hand is a pine needle pointing up and right. */
export function Mark({ size = 24, title }: { size?: number; title?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 48 48"
      fill="none"
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      <circle cx="24" cy="24" r="21.5" stroke="currentColor" strokeWidth={size < 32 ? 2.6 : 1.6} opacity="0.9" />
      <g stroke="currentColor" strokeWidth={size < 32 ? 1.8 : 1.4} strokeLinecap="round" opacity="0.55">
        {ticks.map(turn => (
          <path key={turn} d={turn % 90 === 0 ? 'M24 6.5v4' : 'M24 6.5v2'} transform={`rotate(${turn} 24 24)`} />
        ))}
      </g>
      <path d="M19.2 30.2 35.4 11.6 22.3 32.6a2.1 2.1 0 0 1-3.1-2.4Z" fill="currentColor" />
      <circle cx="20.7" cy="31.1" r="2.2" fill="currentColor" />
    </svg>
  );
}
