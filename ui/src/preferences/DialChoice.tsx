// How much may be missed: shows also what the model is unsure of, as far down as keeps a promise.
import type { DialView } from '../backend';
import { counted, percent } from '../shared/format';
import { dialInForce, dialThresholds } from '../state/dial';
import { useActions, useApp } from '../state/react';
import { Choice } from './Choice';

export function DialChoice() {
  const groups = useApp(({ info }) => info?.groups ?? []);
  const dial = useApp(({ info }) => info?.dial ?? []);
  const thresholds = useApp(({ preferences }) => preferences.thresholds);
  const questions = useApp(({ preferences }) => preferences.questions);
  const { setPreferences } = useActions();
  if (dial.length === 0) return null;
  const own = questions.map(({ name }) => name);
  const inForce = dialInForce(groups, dial, thresholds, own);
  return (
    <fieldset className="preference" data-testid="dial">
      <legend>Show what the model is unsure of</legend>
      <p className="preference-hint">
        The less may be missed, the more passages are listed that are no such clause. Each keeps its own
        confidence. Nothing needs to be read again.
      </p>
      <div className="choice-list">
        <Choice
          group="dial"
          value="0"
          name="As recommended"
          text="Lists what is likelier right than a burden: the best balance of clauses found and false alarms."
          checked={inForce === 0}
          onChoose={() => setPreferences({ thresholds: {} })}
        />
        {dial.map((setting) => (
          <Choice
            key={setting.missOneIn}
            group="dial"
            value={String(setting.missOneIn)}
            name={`Miss at most 1 clause in ${setting.missOneIn}`}
            text={promise(setting)}
            refusal={
              setting.threshold === null
                ? 'Cannot be promised: the model was measured on too few contracts, or sees nothing of some clauses.'
                : null
            }
            checked={inForce === setting.missOneIn}
            onChoose={() => {
              if (setting.threshold === null) return;
              setPreferences({ thresholds: dialThresholds(groups, setting.threshold, own) });
            }}
          />
        ))}
      </div>
      {inForce === null && (
        <p className="preference-hint" data-testid="dial-by-hand">
          The thresholds below were set by hand; a choice here replaces them.
        </p>
      )}
    </fieldset>
  );
}

/** What was seen on contracts that the setting was not chosen on. */
function promise({ recall, falseAlarms }: DialView): string {
  const alarms = counted(Math.round(falseAlarms), 'passage that is none', 'passages that are none');
  return `On contracts that it was not set on, ${percent(recall)} of a contract’s clauses were shown, with ${alarms}.`;
}
