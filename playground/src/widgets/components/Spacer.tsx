import type { Spacer as SpacerData } from 'chatkit-controllers/widgets';
import type { ComponentProps } from '../types';
import { length } from '../values';

export function Spacer({ props }: ComponentProps<SpacerData>) {
  const min = length(props.minSize);
  return <div className="w-spacer" style={min === undefined ? {} : { minWidth: min, minHeight: min }} />;
}
