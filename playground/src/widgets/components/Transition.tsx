import type { Transition as TransitionData } from 'chatkit-controllers/widgets';
import { Node, keyOf } from '../Node';
import { join, type ComponentProps } from '../types';

/** A new child, with another key or type, fades in (ours: not documented). */
export function Transition({ props, path }: ComponentProps<TransitionData>) {
  const child: unknown = props.children;
  if (child === null || child === undefined) return null;
  const { type } = child as { type?: unknown };
  return (
    <div key={`${String(type)} ${keyOf(child, 0)}`} className="w-transition">
      <Node component={child} path={join(path, 'children')} />
    </div>
  );
}
