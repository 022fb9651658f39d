// What came out of the measuring: two charts with what they mean, and the rest in a small table.
import type { MeasurementsView } from '../backend';
import { Icon } from '../shared/Icon';
import { chartsOf, rate } from './chart';
import { LevelTable } from './LevelTable';
import { ThroughputChart } from './ThroughputChart';
import './Charts.css';

/** English contracts have about three words in four tokens. */
const WORDS_A_TOKEN = 0.75;

export function MeasuredFigures({ measurements }: { measurements: MeasurementsView }) {
  const { length, levels, diskMbPerS } = measurements;
  const charts = chartsOf(measurements);
  const words = Math.round((length * WORDS_A_TOKEN) / 10) * 10;
  const loadMs = levels.find(({ inUse }) => inUse)?.loadMs ?? null;
  const loading =
    loadMs === null ? '' : `, and the model in use is loaded in ${(loadMs / 1000).toFixed(2)} s`;
  return (
    <div className="measured" data-outdated={measurements.stale !== null}>
      {levels.length > 0 && (
        <section data-testid="quality">
          <h4>Time against quality</h4>
          <p className="preference-hint">
            How long 50 pages take at the chosen speed, and how well the clauses are found: 1 would be every
            clause with no false alarm, measured on contracts that the model had never seen. Differences of a
            few thousandths do not matter.
          </p>
          <LevelTable levels={levels} />
        </section>
      )}
      {charts.length > 0 && (
        <section>
          <h4>Speed against windows at once</h4>
          <p className="preference-hint">
            A window is a piece of about {words} words ({length} tokens) that the model takes in at once.
            Higher is faster.
          </p>
          {charts.map((chart) => (
            <ThroughputChart key={`${chart.device} ${chart.counts}`} chart={chart} />
          ))}
        </section>
      )}
      {diskMbPerS !== null && (
        <p className="measured-disk" data-testid="disk">
          The disk is read with {rate(diskMbPerS)} MB a second{loading}.
        </p>
      )}
      {levels.length > 0 && <MoreFigures measurements={measurements} />}
    </div>
  );
}

function MoreFigures({ measurements: { model, levels } }: { measurements: MeasurementsView }) {
  return (
    <details className="figures">
      <summary>
        <Icon name="chevron" size={14} />
        More figures, for those who look after computers
      </summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table is scrolled by keys too */}
      <div className="figures-scroll" tabIndex={0} role="region" aria-label="More figures: table">
        <table className="figures-table">
          <caption>Model: {model}</caption>
          <thead>
            <tr>
              <th scope="col">Numbers</th>
              <th scope="col">Device</th>
              <th scope="col">Instructions</th>
              <th scope="col">Windows a second</th>
              <th scope="col">Loading</th>
              <th scope="col">F1</th>
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => (
              <tr key={`${level.device} ${level.precision}`}>
                <th scope="row">{level.precision}</th>
                <td>{level.device}</td>
                <td>{level.kernel}</td>
                <td>{rate(level.windowsPerSecond)}</td>
                <td>{level.loadMs === null ? '–' : `${Math.round(level.loadMs)} ms`}</td>
                <td>{level.weightedF1?.toFixed(3) ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
