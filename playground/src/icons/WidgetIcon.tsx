import { CircleDashed, type LucideIcon } from 'lucide-react';
import { lazy, Suspense, type CSSProperties } from 'react';
import { BUILT_IN, FILLED } from './built-in';

interface WidgetIconProps {
  name: string;
  /** In pixels. */
  size: number;
  style?: CSSProperties | undefined;
  className?: string | undefined;
}

/** Lucide's names differ from `lucide:` names only in dashes before digits. */
const comparable = (name: string): string => name.replaceAll('-', '');

const LucideByName = lazy(async () => {
  const { ALL } = await import('./all-lucide');
  const byName = new Map([...ALL].map(([name, icon]) => [comparable(name), icon]));
  return {
    default: ({ name, ...rest }: WidgetIconProps) => {
      const icon = byName.get(comparable(name));
      return icon === undefined ? <UnknownIcon name={`lucide:${name}`} {...rest} /> : draw(icon, rest);
    },
  };
});

/** An icon of a widget, by ChatKit's own name or `lucide:<name>`. An unknown name has its own symbol. */
export function WidgetIcon({ name, ...rest }: WidgetIconProps) {
  const own = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  if (own !== undefined) return draw(own, rest, FILLED.has(name));
  if (!name.startsWith('lucide:')) return <UnknownIcon name={name} {...rest} />;
  return (
    <Suspense fallback={<span style={{ width: rest.size, height: rest.size, display: 'inline-block' }} />}>
      <LucideByName name={name.slice('lucide:'.length)} {...rest} />
    </Suspense>
  );
}

function draw(Icon: LucideIcon, { size, style, className }: Omit<WidgetIconProps, 'name'>, filled = false) {
  return (
    <Icon
      size={size}
      style={{ flex: 'none', ...style }}
      className={className}
      fill={filled ? 'currentColor' : 'none'}
      strokeWidth={1.75}
      data-filled={filled || undefined}
      aria-hidden
    />
  );
}

function UnknownIcon({ name, size, style }: WidgetIconProps) {
  return (
    <span
      role="img"
      aria-label={`Unknown icon ${name}`}
      title={`Unknown icon: ${name}`}
      style={{ flex: 'none', lineHeight: 0, ...style }}
    >
      <CircleDashed size={size} aria-hidden />
    </span>
  );
}
