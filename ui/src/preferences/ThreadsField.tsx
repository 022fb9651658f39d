// How many cores of the processor a reading may use.
import { useActions, useApp } from '../state/react';

export function ThreadsField() {
  const threads = useApp(({ preferences }) => preferences.threads);
  const cores = useApp(({ info }) => info?.cores ?? 1);
  const { setPreferences } = useActions();
  return (
    <fieldset className="preference">
      <legend>Processor cores</legend>
      <p className="preference-hint">
        Fewer cores leave more of the computer to other work, and reading takes longer.
      </p>
      <label className="threads">
        Use
        <select
          data-testid="threads"
          value={threads ?? 'auto'}
          onChange={(event) => {
            const { value } = event.target;
            setPreferences({ threads: value === 'auto' ? null : Number(value) });
          }}
        >
          <option value="auto">all that help (recommended)</option>
          {Array.from({ length: Math.max(cores, threads ?? 1) }, (_, index) => index + 1).map((number) => (
            <option key={number} value={number}>
              {number === 1 ? '1 core' : `${number} cores`}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
