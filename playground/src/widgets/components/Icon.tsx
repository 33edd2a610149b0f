import type { Icon as IconData } from 'chatkit-controllers/widgets';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { ICON_SIZE } from '../tokens';
import { clean } from '../box-style';
import { asText } from '../as-text';
import type { ComponentProps } from '../types';
import { color, pick } from '../values';

export function Icon({ props }: ComponentProps<IconData>) {
  const size = pick(ICON_SIZE, props.size ?? 'md', 'icon size') ?? 18;
  return (
    <WidgetIcon
      name={asText(props.name)}
      size={size}
      style={clean({ color: color(props.color, 'text') })}
      className="w-icon"
    />
  );
}
