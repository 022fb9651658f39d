// The colours of the window.
import type { Theme } from '../backend';
import { useActions, useApp } from '../state/react';
import { Choice } from './Choice';

const THEMES: { theme: Theme; name: string }[] = [
  { theme: 'system', name: 'As the system' },
  { theme: 'light', name: 'Light' },
  { theme: 'dark', name: 'Dark' },
];

export function ThemeChoice() {
  const chosen = useApp(({ preferences }) => preferences.theme);
  const { setPreferences } = useActions();
  return (
    <fieldset className="preference">
      <legend>Colours of the window</legend>
      <div className="choice-row">
        {THEMES.map(({ theme, name }) => (
          <Choice
            key={theme}
            group="theme"
            value={theme}
            name={name}
            checked={chosen === theme}
            onChoose={() => setPreferences({ theme })}
          />
        ))}
      </div>
    </fieldset>
  );
}
