import { build } from './build';
import type { Props } from './props';
import type { Base, Color, SizeProps } from './values';

/** The interpolation between the points of a line. */
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
  /** The series name in the legend. */
  label?: string | undefined;
  /** The field of each row with the number. */
  dataKey: string;
  /**
   * `blue`, `purple`, `orange`, `green`, `red`, `yellow`, `pink`, or any other colour. Each series has its
   * own by default.
   */
  color?: Color | undefined;
};

type Stacked = {
  /** Series with the same stack name are stacked. */
  stack?: string | undefined;
};

/** A series of a `Chart`, shown as bars. */
export type BarSeries = { type: 'bar' } & SeriesProps & Stacked;
/** A series of a `Chart`, shown as an area. */
export type AreaSeries = { type: 'area' } & SeriesProps & Stacked & { curveType?: CurveType | undefined };
/** A series of a `Chart`, shown as a line. */
export type LineSeries = { type: 'line' } & SeriesProps & { curveType?: CurveType | undefined };
/** A series of a `Chart`: the numbers of one field. */
export type Series = AreaSeries | BarSeries | LineSeries;

/** The horizontal axis of a `Chart`. */
export type XAxis = {
  /** The field of each row with its category on the axis. */
  dataKey: string;
  hide?: boolean | undefined;
  /** The label for each value. */
  labels?: Record<string, string> | undefined;
};

/** The data that the builder of the same name returns. */
export type Chart = Base<'Chart'> &
  SizeProps & {
    /** The rows, each with its fields. */
    data: Record<string, number | string>[];
    series: Series[];
    /** The field of each row with its category, or more options for the axis. */
    xAxis: string | XAxis;
    showYAxis?: boolean | undefined;
    showLegend?: boolean | undefined;
    /** Show the values under the pointer. */
    showTooltip?: boolean | undefined;
    /** The gap between bars of the same category, in pixels. */
    barGap?: number | undefined;
    /** The gap between categories, in pixels. */
    barCategoryGap?: number | undefined;
    /** How the chart grows and shrinks beside its siblings, as CSS `flex`. */
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
