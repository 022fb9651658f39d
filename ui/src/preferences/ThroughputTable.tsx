// The figures of a throughput chart as a table.
import { Icon } from '../shared/Icon';
import { rate, type DeviceChart } from './chart';

export function ThroughputTable({ chart: { device, counts, series } }: { chart: DeviceChart }) {
  const across = [...new Set(series.flatMap(({ curve }) => curve.points.map(({ atOnce }) => atOnce)))];
  across.sort((a, b) => a - b);
  return (
    <details className="figures">
      <summary>
        <Icon name="chevron" size={14} />
        The same as a table
      </summary>
      {/* A wide table is scrolled sideways, by keys too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="figures-scroll" tabIndex={0} role="region" aria-label={`${device}: table`}>
        <table className="figures-table">
          <caption className="visually-hidden">
            {device}: windows finished in a second, by {counts}
          </caption>
          <thead>
            <tr>
              <th scope="col">{counts.charAt(0).toUpperCase() + counts.slice(1)}</th>
              {across.map((atOnce) => (
                <th scope="col" key={atOnce}>
                  {atOnce}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {series.map(({ name, curve }) => (
              <tr key={curve.precision}>
                <th scope="row">{name}</th>
                {across.map((atOnce) => {
                  const point = curve.points.find((candidate) => candidate.atOnce === atOnce);
                  return (
                    <td key={atOnce} data-in-use={point?.inUse ?? false}>
                      {point ? rate(point.windowsPerSecond) : '–'}
                      {point?.inUse && <span className="visually-hidden"> (in use)</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
