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
        The fewer clauses may be missed, the more of what is listed is a false alarm. Each keeps its own
        confidence, and nothing needs to be read again.
      </p>
      <div className="choice-list">
        <Choice
          group="dial"
          value="0"
          name="As recommended"
          text="The best balance of clauses found and false alarms."
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
  const alarms = counted(Math.round(falseAlarms), 'false alarm', 'false alarms');
  return `On contracts kept aside for checking, it listed ${percent(recall)} of the clauses, and ${alarms} a contract.`;
}
