import type { Box as BoxData, Col as ColData, Row as RowData } from 'chatkit-controllers/widgets';
import { boxStyle } from '../box-style';
import { Children } from '../Node';
import type { ComponentProps } from '../types';

export function Box({ props, path }: ComponentProps<BoxData>) {
  return (
    <div className="w-box" style={boxStyle(props, props.direction ?? 'col')}>
      <Children of={props.children} path={path} />
    </div>
  );
}

export function Row({ props, path }: ComponentProps<RowData>) {
  return (
    <div className="w-box w-row" style={boxStyle({ align: 'center', ...props }, 'row')}>
      <Children of={props.children} path={path} />
    </div>
  );
}

export function Col({ props, path }: ComponentProps<ColData>) {
  return (
    <div className="w-box w-col" style={boxStyle(props, 'col')}>
      <Children of={props.children} path={path} />
    </div>
  );
}
