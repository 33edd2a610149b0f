import { useMemo } from 'react';

/** A value as JSON text, cut to a length that the page can show. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = useMemo(() => {
    const whole = JSON.stringify(value, undefined, 2) ?? 'undefined';
    return whole.length > MAX
      ? `${whole.slice(0, MAX)}\n… ${String(whole.length - MAX)} characters more`
      : whole;
  }, [value]);
  return (
    <pre className="json" tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}

const MAX = 100_000;
