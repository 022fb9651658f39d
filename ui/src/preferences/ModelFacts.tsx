// The figures of a model; those that are not known are left out, but for its speed, which can be found out.
import type { ModelEntryView } from '../backend';
import { briefDuration, megabytes, millions } from '../shared/format';
import { precisionName } from './precisions';

export function ModelFacts({ model }: { model: ModelEntryView }) {
  const { parameters, megabytes: size, precision, seconds, aupr, weightedF1, fault } = model;
  const quality = [
    aupr !== null && `${aupr.toFixed(3)} AUPR`,
    weightedF1 !== null && `${weightedF1.toFixed(3)} F1`,
  ].filter((figure) => figure !== false);
  return (
    <dl className="model-facts">
      <Fact name="Parameters" value={millions(parameters)} />
      <Fact name="On the disk" value={megabytes(size)} />
      <Fact name="Numbers" value={precisionName(precision)} />
      {fault === null && (
        <Fact name="50 pages" value={seconds === null ? 'not known yet' : briefDuration(seconds)} />
      )}
      {quality.length > 0 && <Fact name="Quality" value={quality.join(', ')} />}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
