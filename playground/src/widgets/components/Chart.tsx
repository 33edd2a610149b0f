import type { Chart as ChartData } from 'chatkit-controllers/widgets';
import { lazy, Suspense } from 'react';
import { blockStyle } from '../box-style';
import type { ComponentProps } from '../types';

const Drawing = lazy(() => import('./ChartDrawing'));

/** A chart. The chart library is loaded with the first one. */
export function Chart({ props }: ComponentProps<ChartData>) {
  const style = { height: 200, width: '100%', ...blockStyle(props) };
  return (
    <figure className="w-chart" style={style}>
      <Suspense fallback={<div className="shimmer-box" style={{ height: '100%' }} />}>
        <Drawing props={props} />
      </Suspense>
    </figure>
  );
}
