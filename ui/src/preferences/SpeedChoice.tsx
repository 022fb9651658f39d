// Speed against accuracy, and the offer to read again what was read otherwise.
import { useState } from 'react';
import type { Speed } from '../backend';
import { Button } from '../shared/Button';
import { Choice } from './Choice';
import { useActions, useApp } from '../state/react';

const SPEEDS: { speed: Speed; name: string; text: string }[] = [
  { speed: 'fast', name: 'Fast', text: 'Each passage is read about once. For a first look.' },
  {
    speed: 'balanced',
    name: 'Balanced',
    text: 'Each passage is read twice, in different surroundings. Right for most contracts.',
  },
  {
    speed: 'accurate',
    name: 'Accurate',
    text: 'Each passage is read four times, so that little is missed. Takes about twice as long as Balanced.',
  },
];

export function SpeedChoice() {
  const speed = useApp(({ preferences }) => preferences.speed);
  const anyRead = useApp(({ contracts }) => contracts.some(({ reading }) => reading !== null));
  const { setPreferences, readAllAgain, showPanel } = useActions();
  const [before, setBefore] = useState<Speed | null>(null);
  return (
    <fieldset className="preference">
      <legend>Speed and accuracy</legend>
      <div className="choice-list">
        {SPEEDS.map((option) => (
          <Choice
            key={option.speed}
            group="speed"
            value={option.speed}
            name={option.name}
            text={option.text}
            checked={speed === option.speed}
            onChoose={() => {
              setBefore(before ?? speed);
              setPreferences({ speed: option.speed });
            }}
          />
        ))}
      </div>
      {anyRead && before !== null && before !== speed && (
        <div className="again" role="status">
          <span>The open contracts were read at another speed.</span>
          <Button
            testId="read-all-again"
            onClick={() => {
              readAllAgain();
              showPanel('none');
            }}
          >
            Read again
          </Button>
        </div>
      )}
    </fieldset>
  );
}
