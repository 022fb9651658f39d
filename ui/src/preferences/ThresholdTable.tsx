// How sure the model must be, category by category, for a clause to be listed.
import { Button } from '../shared/Button';
import { counted } from '../shared/format';
import { useActions, useApp, useArrangement } from '../state/react';
import { ThresholdRow } from './ThresholdRow';
import './ThresholdTable.css';

export function ThresholdTable() {
  const groups = useApp(({ info }) => info?.groups ?? []);
  const thresholds = useApp(({ preferences }) => preferences.thresholds);
  const { setPreferences } = useActions();
  const arrangement = useArrangement();
  const found = new Map(
    arrangement.flatMap(({ present }) => present.map((entry) => [entry.category.name, entry.found.length])),
  );
  const total = [...found.values()].reduce((sum, count) => sum + count, 0);
  const changed = Object.keys(thresholds).length;
  const set = (name: string, value: number | null) => {
    const others = Object.fromEntries(Object.entries(thresholds).filter(([other]) => other !== name));
    setPreferences({ thresholds: value === null ? others : { ...others, [name]: value } });
  };

  return (
    <section className="preference">
      <h3>How sure the model must be</h3>
      <p className="preference-hint">
        A lower value lists more passages, and more of them will not be what they seem. Nothing needs to be
        read again.
      </p>
      <div className="threshold-sum">
        <span role="status" data-testid="threshold-found">
          {arrangement.length > 0
            ? `${counted(total, 'clause', 'clauses')} listed in this contract`
            : 'Open a contract to see the effect'}
        </span>
        <Button
          testId="reset-thresholds"
          disabled={changed === 0}
          onClick={() => setPreferences({ thresholds: {} })}
        >
          Reset to recommended
        </Button>
      </div>
      <table className="threshold-table">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Threshold</th>
            <th scope="col" className="threshold-count">
              Listed
            </th>
          </tr>
        </thead>
        {groups.map(({ title, categories }, index) => (
          <tbody key={title} data-group={index}>
            <tr className="threshold-group">
              <th colSpan={3} scope="rowgroup">
                {title}
              </th>
            </tr>
            {categories.map((category) => (
              <ThresholdRow
                key={category.name}
                category={category}
                own={thresholds[category.name] ?? null}
                found={arrangement.length > 0 ? (found.get(category.name) ?? 0) : null}
                onChange={(value) => set(category.name, value)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
