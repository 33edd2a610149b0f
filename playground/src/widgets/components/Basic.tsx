import type { Basic as BasicData } from 'chatkit-controllers/widgets';
import { boxStyle } from '../box-style';
import { Children } from '../Node';
import type { ComponentProps } from '../types';

/** A root without a frame. */
export function Basic({ props, path }: ComponentProps<BasicData>) {
  return (
    <div className="w-basic" data-theme={props.theme} style={boxStyle(props, props.direction ?? 'col')}>
      <Children of={props.children} path={path} />
    </div>
  );
}
