// What can be done with a model. A button that gives way to another hands its focus on.
import { useRef, useState } from 'react';
import type { ModelEntryView } from '../backend';
import { Button } from '../shared/Button';
import { useActions, useApp } from '../state/react';
import { RemoveModelDialog } from './RemoveModelDialog';
import { useKeptFocus } from './useKeptFocus';

export function ModelActions({ model }: { model: ModelEntryView }) {
  const { name, own, reads, refines, fault } = model;
  const { readWithModel, checkWithModel, verifyModel } = useActions();
  const verifying = useApp(({ verifications }) => verifications[name]?.stage === 'running');
  const [removing, setRemoving] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  useKeptFocus(group, reads, reads ? 'button' : null);
  return (
    <div ref={group} className="model-actions" role="group" aria-label={`What can be done with ${name}`}>
      {fault === null && !reads && (
        <Button testId="read-with" onClick={() => readWithModel(name)}>
          Use for reading
        </Button>
      )}
      {(refines || (fault === null && !reads)) && (
        // One button with two meanings keeps the focus where it was.
        <Button testId="check-with" onClick={() => checkWithModel(refines ? null : name)}>
          {refines ? 'Stop checking with it' : 'Check doubtful clauses with it'}
        </Button>
      )}
      <Button kind="quiet" testId="verify" disabled={verifying} onClick={() => void verifyModel(name)}>
        Verify files
      </Button>
      {own && (
        <Button kind="quiet" testId="remove" onClick={() => setRemoving(true)}>
          Remove
        </Button>
      )}
      {removing && <RemoveModelDialog model={model} onClose={() => setRemoving(false)} />}
    </div>
  );
}
