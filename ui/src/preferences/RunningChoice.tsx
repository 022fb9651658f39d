// A preference about reading whose values, with what each would do here, come from the program.
import type { ReactNode } from 'react';
import type { ChoiceView, ChoicesView, Preferences, RunningView } from '../backend';
import { useActions, useApp } from '../state/react';
import { Choice } from './Choice';
import { ChoiceFigures } from './ChoiceFigures';
import { Refusal } from './Refusal';

interface RunningChoiceProps {
  preference: keyof ChoicesView;
  legend: string;
  hint?: ReactNode;
}

/** What keeps everything from running is not held against each choice. */
function ownRefusal({ refusal }: ChoiceView, { plan }: RunningView): string | null {
  return refusal === plan.refusal ? null : refusal;
}

export function RunningChoice({ preference, legend, hint }: RunningChoiceProps) {
  const running = useApp((state) => state.running);
  const chosen = useApp(({ preferences }) => preferences[preference]);
  const { setPreferences } = useActions();
  if (!running) return null;
  return (
    <fieldset className="preference" data-preference={preference}>
      <legend>{legend}</legend>
      {hint && <p className="preference-hint">{hint}</p>}
      <Refusal preference={preference} />
      <div className="choice-list">
        {running.choices[preference].map((choice) => (
          <Choice
            key={choice.value}
            group={preference}
            value={choice.value}
            name={choice.name}
            text={choice.text}
            figures={<ChoiceFigures choice={choice} pages={running.pages} />}
            refusal={choice.value === chosen ? null : ownRefusal(choice, running)}
            checked={choice.value === chosen}
            onChoose={() => setPreferences({ [preference]: choice.value } as Partial<Preferences>)}
          />
        ))}
      </div>
    </fieldset>
  );
}
