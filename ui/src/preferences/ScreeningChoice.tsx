// Whether a question-answering model is asked about every passage; shown where one is chosen.
import { answeringModel } from '../state/models';
import { useActions, useApp } from '../state/react';
import { Choice } from './Choice';

export function ScreeningChoice() {
  const answering = useApp(({ models }) => answeringModel(models)?.name ?? null);
  const screening = useApp(({ preferences }) => preferences.screening);
  const { setPreferences } = useActions();
  if (answering === null) return null;
  return (
    <fieldset className="preference" data-testid="screening">
      <legend>Screening</legend>
      <p className="preference-hint">
        {answering} answers each question separately, which takes long: every question goes through every
        passage that it is asked about.
      </p>
      <div className="choice-list">
        <Choice
          group="screening"
          value="screened"
          name="Ask only where Proviso’s own model sees something"
          text="Many times as fast: its own model looks through the contract first. A clause of which it sees nothing at all is not asked about."
          checked={screening}
          onChoose={() => setPreferences({ screening: true })}
        />
        <Choice
          group="screening"
          value="exhaustive"
          name="Ask about every passage"
          text="The slowest and the most thorough: nothing depends on what another model sees."
          checked={!screening}
          onChoose={() => setPreferences({ screening: false })}
        />
      </div>
    </fieldset>
  );
}
