// The parts of the preferences, and the way to each.
import type { ReactNode } from 'react';
import './PreferenceParts.css';

const PARTS = {
  speed: 'Speed',
  listed: 'What is listed',
  models: 'Models',
  questions: 'Questions',
  computer: 'This computer',
  colours: 'Colours',
  backups: 'Backups',
  about: 'About',
} as const;

type PartName = keyof typeof PARTS;

const idOf = (name: string) => `preferences-${name}`;

/** Leads to each part; the keyboard goes on from there. */
export function PartsNav() {
  return (
    <nav className="parts-nav" aria-label="Parts of the preferences">
      {Object.entries(PARTS).map(([name, title]) => (
        <button key={name} type="button" data-testid={`to-${name}`} onClick={() => go(name)}>
          {title}
        </button>
      ))}
    </nav>
  );
}

function go(name: string): void {
  const part = document.getElementById(idOf(name));
  part?.scrollIntoView({ block: 'start' });
  part?.focus({ preventScroll: true });
}

export function Part({ name, children }: { name: PartName; children: ReactNode }) {
  return (
    <div className="preference-part" id={idOf(name)} tabIndex={-1}>
      {children}
    </div>
  );
}
