import type { Divider as DividerData } from 'chatkit-controllers/widgets';
import { clean } from '../box-style';
import type { ComponentProps } from '../types';
import { color, length, spacing } from '../values';

export function Divider({ props }: ComponentProps<DividerData>) {
  const margin = spacing(props.spacing);
  const style = clean({
    borderTopWidth: length(props.size),
    borderTopColor: color(props.color, 'border'),
    marginBlock: margin,
  });
  return <hr className={props.flush === true ? 'w-divider flush' : 'w-divider'} style={style} />;
}
