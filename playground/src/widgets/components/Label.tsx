import type { Label as LabelData } from 'chatkit-controllers/widgets';
import { clean } from '../box-style';
import { useHost } from '../host';
import { TEXT_SIZE, WEIGHT } from '../tokens';
import { asText } from '../as-text';
import type { ComponentProps } from '../types';
import { fieldId } from '../use-field';
import { color, pick } from '../values';

export function Label({ props }: ComponentProps<LabelData>) {
  const { itemId } = useHost();
  const [size, line] = pick(TEXT_SIZE, props.size ?? 'sm', 'text size') ?? [14, 20];
  const style = clean({
    fontSize: size,
    lineHeight: `${String(line)}px`,
    fontWeight: pick(WEIGHT, props.weight ?? 'medium', 'weight'),
    textAlign: props.textAlign,
    color: color(props.color, 'text'),
  });
  return (
    <label className="w-label" htmlFor={fieldId(itemId, props.fieldName)} style={style}>
      {asText(props.value)}
    </label>
  );
}
