// Time against quality: a row for each device and precision, with its time drawn as a bar.
import type { LevelView } from '../backend';
import { megabytes } from '../shared/format';
import { seriesIndex } from './chart';

export function LevelTable({ levels }: { levels: LevelView[] }) {
  const longest = Math.max(...levels.map(({ secondsFor50Pages }) => secondsFor50Pages));
  const devices = [...new Set(levels.map(({ device }) => device))];
  return (
    <table className="levels" data-testid="levels">
      <caption className="visually-hidden">Time, quality and memory of each way to read</caption>
      <thead>
        <tr>
          <th scope="col">Numbers</th>
          <th scope="col">Time for 50 pages</th>
          <th scope="col" className="levels-number">
            Quality (AUPR)
          </th>
          <th scope="col" className="levels-number">
            Memory
          </th>
        </tr>
      </thead>
      {devices.map((device) => (
        <tbody key={device}>
          <tr className="levels-device">
            <th scope="rowgroup" colSpan={4}>
              {device}
            </th>
          </tr>
          {levels
            .filter((level) => level.device === device)
            .map((level) => (
              <Level key={level.precision} level={level} longest={longest} />
            ))}
        </tbody>
      ))}
    </table>
  );
}

function Level({ level, longest }: { level: LevelView; longest: number }) {
  const { precision, name, secondsFor50Pages, aupr, memoryMb, inUse } = level;
  return (
    <tr
      data-testid="level"
      data-precision={precision}
      data-in-use={inUse}
      data-series={seriesIndex(precision)}
    >
      <th scope="row">
        {name} {inUse && <span className="levels-used">In use</span>}
      </th>
      <td>
        <span className="levels-time">
          <span className="levels-track" aria-hidden="true">
            <i style={{ width: `${(secondsFor50Pages / longest) * 100}%` }} />
          </span>
          <span className="levels-seconds">{seconds(secondsFor50Pages)}</span>
        </span>
      </td>
      <td className="levels-number">{aupr === null ? '–' : aupr.toFixed(3)}</td>
      <td className="levels-number">{megabytes(memoryMb)}</td>
    </tr>
  );
}

/** "0.13 s", "2.6 s", "41 s", "1 min 5 s". */
function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(value < 1 ? 2 : value < 9.95 ? 1 : 0)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}
