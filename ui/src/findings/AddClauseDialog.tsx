// Asks to which category the words belong that the person selected.
import { useId, useState } from 'react';
import { Dialog } from '../shared/Dialog';
import { useActions, useApp } from '../state/react';
import './AddClauseDialog.css';

export function AddClauseDialog() {
  const mode = useApp((state) => state.mode);
  const { leaveMode } = useActions();
  if (mode.kind !== 'add') return null;
  return (
    <Dialog title="Add a clause" testId="add-clause" onClose={leaveMode}>
      <CategoryPicker />
    </Dialog>
  );
}

function CategoryPicker() {
  const groups = useApp(({ info }) => info?.groups ?? []);
  const { addClause } = useActions();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const wanted = typed.trim().toLowerCase();
  const categories = groups.flatMap(({ title, categories: of }, group) =>
    of.map(({ name }) => ({ name, title, group })),
  );
  // Names that begin with what was typed come first.
  const matches = categories
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => Number(begins(b.name, wanted)) - Number(begins(a.name, wanted)));
  const current = matches[Math.min(at, matches.length - 1)];
  const optionId = (name: string) => `${list}-${name.replaceAll(/\W/g, '-')}`;
  const move = (by: number) => {
    const next = (Math.min(at, matches.length - 1) + by + matches.length) % matches.length;
    setAt(next);
    const name = matches[next]?.name;
    if (name !== undefined) document.getElementById(optionId(name))?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <div className="add-clause">
      <label htmlFor={`${list}-field`}>Which category do the words belong to?</label>
      <input
        id={`${list}-field`}
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={current && optionId(current.name)}
        autoComplete="off"
        placeholder="Type part of its name"
        data-testid="add-category"
        data-focus-first
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && current) addClause(current.name);
          else if (event.key === 'ArrowDown' && matches.length > 0) move(1);
          else if (event.key === 'ArrowUp' && matches.length > 0) move(-1);
          else return;
          event.preventDefault();
        }}
      />
      <ul id={list} role="listbox" aria-label="Categories">
        {matches.map(({ name, title, group }) => (
          // The keys are those of the field above, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={name}
            id={optionId(name)}
            role="option"
            aria-selected={name === current?.name}
            data-group={group}
            data-testid="add-option"
            onClick={() => addClause(name)}
          >
            <span>{name}</span>
            <span className="add-group">{title}</span>
          </li>
        ))}
      </ul>
      {matches.length === 0 && <p className="add-none">No category has “{typed.trim()}” in its name.</p>}
      <p className="add-help">↑ and ↓ choose, Enter adds the clause, Esc leaves it.</p>
    </div>
  );
}

function begins(name: string, wanted: string): boolean {
  return wanted !== '' && name.toLowerCase().startsWith(wanted);
}
