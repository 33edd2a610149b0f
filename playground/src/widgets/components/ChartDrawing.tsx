import type { Chart as ChartData, Series } from 'chatkit-controllers/widgets';
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { CHART_COLORS } from '../tokens';
import { color } from '../values';

const PALETTE = Object.values(CHART_COLORS);
const TICK = { fill: 'var(--text-tertiary)', fontSize: 12 };

export default function ChartDrawing({ props }: { props: ChartData }) {
  const axis = typeof props.xAxis === 'string' ? { dataKey: props.xAxis } : props.xAxis;
  const { labels } = axis as { labels?: Record<string, string> };
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={props.data}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer
          {...(props.barGap === undefined ? {} : { barGap: props.barGap })}
          {...(props.barCategoryGap === undefined ? {} : { barCategoryGap: props.barCategoryGap })}
        >
          <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
          <XAxis
            dataKey={axis.dataKey}
            interval="preserveStartEnd"
            hide={(axis as { hide?: boolean }).hide ?? false}
            tickLine={false}
            axisLine={false}
            tick={TICK}
            tickFormatter={(value: unknown) => labels?.[String(value)] ?? String(value)}
          />
          <YAxis hide={props.showYAxis !== true} tickLine={false} axisLine={false} tick={TICK} width={40} />
          {props.showTooltip !== false && (
            <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--hover)' }} contentStyle={TOOLTIP} />
          )}
          {props.showLegend !== false && (
            <Legend iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 12 }} formatter={legend} />
          )}
          {props.series.map((series, index) => draw(series, index, !isStill))}
        </ComposedChart>
      </ResponsiveContainer>
      <DataTable props={props} />
    </>
  );
}

const TOOLTIP = {
  background: 'var(--surface-elevated)',
  border: '1px solid var(--border-default)',
  borderRadius: 8,
  fontSize: 12,
  color: 'var(--text)',
};

function legend(value: string) {
  return <span style={{ color: 'var(--text-secondary)' }}>{value}</span>;
}

function draw(series: Series, index: number, isAnimationActive: boolean) {
  const shade = color(series.color, 'chart') ?? PALETTE[index % PALETTE.length] ?? 'gray';
  const common = {
    key: index,
    dataKey: series.dataKey,
    name: series.label ?? series.dataKey,
    isAnimationActive,
  };
  const { key, ...rest } = common;
  switch (series.type) {
    case 'bar':
      return <Bar key={key} {...rest} fill={shade} radius={4} {...stack(series.stack)} />;
    case 'area':
      return (
        <Area
          key={key}
          {...rest}
          type={curve(series.curveType)}
          stroke={shade}
          strokeWidth={2}
          fill={shade}
          fillOpacity={0.18}
          {...stack(series.stack)}
        />
      );
    case 'line':
      return (
        <Line key={key} {...rest} type={curve(series.curveType)} stroke={shade} strokeWidth={2} dot={false} />
      );
    default:
      return null;
  }
}

const stack = (id: string | undefined) => (id === undefined ? {} : { stackId: id });
const curve = (type: string | undefined) => (type ?? 'natural') as 'natural';

/** The chart's data for screen readers. */
function DataTable({ props: { data, series, xAxis } }: { props: ChartData }) {
  const key = typeof xAxis === 'string' ? xAxis : xAxis.dataKey;
  return (
    <table className="visually-hidden">
      <caption>Data of the chart</caption>
      <thead>
        <tr>
          <th scope="col">{key}</th>
          {series.map(({ dataKey, label }, index) => (
            <th key={index} scope="col">
              {label ?? dataKey}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.map((row, index) => (
          <tr key={index}>
            <th scope="row">{row[key]}</th>
            {series.map(({ dataKey }, at) => (
              <td key={at}>{row[dataKey]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
