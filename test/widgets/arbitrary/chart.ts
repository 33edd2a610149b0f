import fc from 'fast-check';
import type { AreaSeries, BarSeries, Chart, LineSeries, XAxis } from '../../../src/widgets/components';
import { component } from './component';
import { object } from './shape';
import { color, dimension, flag, id, list, number, sizeProps, text } from './values';

/** Rows may have columns that make them look like components. */
const column = fc.constantFrom('day', 'type', 'id', 'value', 'children', '__proto__');
const row = list(fc.tuple(column, fc.oneof(number, text, id))).map(
  (cells) => Object.fromEntries(cells) as Record<string, number | string>,
);
const curveType = fc.constantFrom('linear', 'bump', 'stepAfter');
const seriesBase = { label: text, color };
const series = fc.oneof(
  object<BarSeries>({ dataKey: column }, { ...seriesBase, stack: text }).map((rest) => ({
    ...rest,
    type: 'bar' as const,
  })),
  object<AreaSeries>({ dataKey: column }, { ...seriesBase, stack: text, curveType }).map((rest) => ({
    ...rest,
    type: 'area' as const,
  })),
  object<LineSeries>({ dataKey: column }, { ...seriesBase, curveType }).map((rest) => ({
    ...rest,
    type: 'line' as const,
  })),
);
const labels = list(fc.tuple(column, text)).map(
  (entries) => Object.fromEntries(entries) as Record<string, string>,
);
const xAxis = fc.oneof(column, object<XAxis>({ dataKey: column }, { hide: flag, labels }));

export const chart = {
  Chart: component<Chart>(
    'Chart',
    { data: list(row), series: list(series), xAxis },
    {
      ...sizeProps,
      showYAxis: flag,
      showLegend: flag,
      showTooltip: flag,
      barGap: number,
      barCategoryGap: number,
      flex: dimension,
    },
  ),
};
