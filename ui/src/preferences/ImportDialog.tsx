// Asks what a model is to be called and in which numbers it is to be stored.
import { useId, useState } from 'react';
import type { ImportRequest } from '../backend';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { importName } from '../state/importing';
import { useActions, useApp } from '../state/react';
import { Choice } from './Choice';
import { IMPORT_PRECISIONS } from './precisions';

export function ImportDialog({ request }: { request: ImportRequest }) {
  const { startImport, putImportAway } = useActions();
  const goesOn = useApp(({ importing }) => importing.goesOn);
  const taken = useApp(({ models }) => models?.models ?? []);
  const id = useId();
  const [name, setName] = useState(request.name ?? '');
  const [precision, setPrecision] = useState(request.precision);
  const wanted = { ...request, name: name.trim() === '' ? null : name.trim(), precision };
  const clash = taken.some((model) => model.name === importName(wanted));
  return (
    <Dialog
      title={goesOn ? 'Go on with an import' : 'Import a model'}
      testId="import-dialog"
      onClose={putImportAway}
    >
      <form
        className="import-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!clash) void startImport(wanted);
        }}
      >
        <p className="import-folder">
          From <code>{request.folder}</code>. The folder itself stays as it is.
        </p>
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="text"
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          data-testid="import-name"
          data-focus-first
          readOnly={goesOn}
          placeholder={importName({ ...request, name: null })}
          value={name}
          aria-invalid={clash}
          aria-describedby={`${id}-about`}
          onChange={(event) => setName(event.target.value)}
        />
        <p
          id={`${id}-about`}
          className={clash ? 'field-fault' : 'field-hint'}
          role={clash ? 'alert' : undefined}
          data-testid="import-name-hint"
        >
          {clash
            ? `There is a model “${importName(wanted)}” already. Choose another name.`
            : goesOn
              ? 'The name with which the import was begun.'
              : 'Left empty, it is called as its folder is.'}
        </p>
        <fieldset className="import-numbers">
          <legend>Numbers to store it in</legend>
          <div className="choice-list">
            {IMPORT_PRECISIONS.map((choice) => (
              <Choice
                key={choice.precision}
                group="import-precision"
                value={choice.precision}
                name={choice.name}
                text={choice.text}
                checked={precision === choice.precision}
                onChoose={() => setPrecision(choice.precision)}
              />
            ))}
          </div>
        </fieldset>
        <div className="dialog-buttons">
          <Button onClick={putImportAway}>Do not import</Button>
          <Button kind="primary" submit disabled={clash} testId="start-import">
            {goesOn ? 'Go on' : 'Start'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
