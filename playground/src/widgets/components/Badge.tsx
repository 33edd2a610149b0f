import type { Badge as BadgeData } from 'chatkit-controllers/widgets';
import { BADGE_SIZE } from '../tokens';
import { asText } from '../as-text';
import type { ComponentProps } from '../types';
import { pick } from '../values';

export function Badge({ props }: ComponentProps<BadgeData>) {
  const { label, color = 'secondary', variant = 'soft', size = 'sm', pill } = props;
  const height = pick(BADGE_SIZE, size, 'badge size');
  return (
    <span
      className="w-badge"
      data-color={color}
      data-variant={variant}
      data-size={size}
      data-pill={pill === true || undefined}
      style={{ height }}
    >
      {asText(label)}
    </span>
  );
}
