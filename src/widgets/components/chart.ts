import { build } from './build';
import type { Props } from './props';
import type { Base, Color, SizeProps } from './values';

/** How a line runs from point to point. */
export type CurveType =
  | 'basis'
  | 'basisClosed'
  | 'basisOpen'
  | 'bumpX'
  | 'bumpY'
  | 'bump'
  | 'linear'
  | 'linearClosed'
  | 'natural'
  | 'monotoneX'
  | 'monotoneY'
  | 'monotone'
  | 'step'
  | 'stepBefore'
  | 'stepAfter';

type SeriesProps = {
  /** Its name in the legend. */
  label?: string | undefined;
  /** The field of each row that holds the number. */
  dataKey: string;
  /** `blue`, `purple`, `orange`, `green`, `red`, `yellow`, `pink`, or any other; each series gets its own by default. */
  color?: Color | undefined;
};

type Stacked = {
  /** Series of the same stack stand on each other. */
  stack?: string | undefined;
};

/** Numbers that a `Chart` shows as bars. */
export type BarSeries = { type: 'bar' } & SeriesProps & Stacked;
/** Numbers that a `Chart` shows as an area. */
export type AreaSeries = { type: 'area' } & SeriesProps & Stacked & { curveType?: CurveType | undefined };
/** Numbers that a `Chart` shows as a line. */
export type LineSeries = { type: 'line' } & SeriesProps & { curveType?: CurveType | undefined };
/** The numbers of one field, as a `Chart` shows them. */
export type Series = AreaSeries | BarSeries | LineSeries;

/** The horizontal axis of a `Chart`. */
export type XAxis = {
  /** The field of each row that names its place on the axis. */
  dataKey: string;
  hide?: boolean | undefined;
  /** What to write for a value, by the value. */
  labels?: Record<string, string> | undefined;
};

/** The component that the builder of the same name makes. */
export type Chart = Base<'Chart'> &
  SizeProps & {
    /** The rows, each with its fields by name. */
    data: Record<string, number | string>[];
    series: Series[];
    /** The field of each row that names its place on the axis, or more about the axis. */
    xAxis: string | XAxis;
    showYAxis?: boolean | undefined;
    showLegend?: boolean | undefined;
    /** Show the values under the pointer. */
    showTooltip?: boolean | undefined;
    /** Between the bars of one place, in pixels. */
    barGap?: number | undefined;
    /** Between the bars of two places, in pixels. */
    barCategoryGap?: number | undefined;
    /** How it grows and shrinks beside its siblings, as CSS `flex`. */
    flex?: number | string | undefined;
  };

/**
 * Bars, lines and areas over rows of data.
 *
 * @example
 * Chart({
 *   data: [{ day: 'Mon', sold: 3 }, { day: 'Tue', sold: 5 }],
 *   xAxis: 'day',
 *   series: [{ type: 'bar', dataKey: 'sold', label: 'Sold' }],
 * })
 */
export function Chart(props: Props<Chart>): Chart {
  return build('Chart', props);
}
