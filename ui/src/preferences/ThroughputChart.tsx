// Throughput against windows at once: a line for each precision of one device, and the same figures as a table.
import { along, rate, spread, stops, ticks, type DeviceChart, type Series } from './chart';
import { Marker } from './Marker';
import { ThroughputTable } from './ThroughputTable';

const WIDTH = 560;
const HEIGHT = 226;
/** Where the axes lie. */
const FRAME = { left: 42, right: 372, top: 30, bottom: 184 };
/** What the first and last points keep from the sides. */
const INSET = 18;
const LABEL_GAP = 17;
/** Letters that have room beside the axes; the table has the whole name. */
const LABEL_LENGTH = 26;

export function ThroughputChart({ chart }: { chart: DeviceChart }) {
  const { device, counts, series } = chart;
  const across = stops(chart);
  const most = Math.max(...series.flatMap(({ curve }) => curve.points.map((p) => p.windowsPerSecond)));
  const up = ticks(most);
  const top = up.at(-1) ?? 1;
  const x = (atOnce: number) =>
    FRAME.left +
    INSET +
    along(atOnce, across[0] ?? 1, across.at(-1) ?? 1) * (FRAME.right - FRAME.left - 2 * INSET);
  const y = (speed: number) => FRAME.bottom - (speed / top) * (FRAME.bottom - FRAME.top);
  const ends = series.map(({ curve }) => y(curve.points.at(-1)?.windowsPerSecond ?? 0));
  const labels = spread(ends, LABEL_GAP, FRAME.top, FRAME.bottom - 4);

  return (
    <figure className="chart" data-testid="throughput" data-device={device}>
      <figcaption>{device}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(chart)}>
        <text x={FRAME.left} y={14} className="chart-title">
          Windows finished in a second
        </text>
        {up.map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? 'chart-axis' : 'chart-grid'}
              x1={FRAME.left}
              x2={FRAME.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text x={FRAME.left - 8} y={y(tick) + 4} textAnchor="end">
              {rate(tick)}
            </text>
          </g>
        ))}
        {across.map((stop) => (
          <text key={stop} x={x(stop)} y={FRAME.bottom + 18} textAnchor="middle">
            {stop}
          </text>
        ))}
        <text x={(FRAME.left + FRAME.right) / 2} y={HEIGHT - 6} textAnchor="middle" className="chart-title">
          {capital(counts)}
        </text>
        {series.map((line, index) => (
          <Curve key={line.curve.precision} line={line} x={x} y={y} end={ends[index]} label={labels[index]} />
        ))}
      </svg>
      <ThroughputTable chart={chart} />
    </figure>
  );
}

interface CurveProps {
  line: Series;
  x: (atOnce: number) => number;
  y: (speed: number) => number;
  end: number | undefined;
  label: number | undefined;
}

function Curve({ line, x, y, end = 0, label = 0 }: CurveProps) {
  const { points } = line.curve;
  const last = points.at(-1);
  const used = points.find(({ inUse }) => inUse);
  return (
    <g data-series={line.index} data-testid="curve" data-precision={line.curve.precision}>
      <polyline
        className="chart-line"
        points={points.map((point) => `${x(point.atOnce)},${y(point.windowsPerSecond)}`).join(' ')}
      />
      {last && (
        <polyline
          className="chart-leader"
          points={`${x(last.atOnce) + 8},${end} ${FRAME.right + 6},${label} ${FRAME.right + 12},${label}`}
        />
      )}
      {points.map((point) => (
        <Marker
          key={point.atOnce}
          index={line.index}
          x={x(point.atOnce)}
          y={y(point.windowsPerSecond)}
          title={`${line.name}, ${point.atOnce} ${line.curve.counts}: ${rate(point.windowsPerSecond)} a second${point.inUse ? ', in use' : ''}`}
        />
      ))}
      {used && (
        <g data-testid="point-in-use">
          <circle className="chart-ring" cx={x(used.atOnce)} cy={y(used.windowsPerSecond)} r={9} />
          <text
            className="chart-used"
            x={x(used.atOnce)}
            y={y(used.windowsPerSecond) - 14}
            textAnchor="middle"
          >
            in use: {rate(used.windowsPerSecond)}
          </text>
        </g>
      )}
      <Marker index={line.index} x={FRAME.right + 20} y={label} />
      <text className="chart-label" x={FRAME.right + 30} y={label + 4}>
        {line.name.length > LABEL_LENGTH ? `${line.name.slice(0, LABEL_LENGTH - 1)}…` : line.name}
        <title>{line.name}</title>
      </text>
    </g>
  );
}

function summary({ device, counts, series }: DeviceChart): string {
  const best = series.map(({ name, curve }) => {
    const speeds = curve.points.map(({ windowsPerSecond }) => windowsPerSecond);
    return `${name} at most ${rate(Math.max(...speeds))}`;
  });
  return `${device}: windows finished in a second against ${counts}. ${best.join(', ')}. The table that follows has all figures.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
