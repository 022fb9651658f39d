// Asks before a model goes from the disk, and says what follows from it.
import type { ModelEntryView } from '../backend';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { megabytes } from '../shared/format';
import { useActions, useApp } from '../state/react';

export function RemoveModelDialog({ model, onClose }: { model: ModelEntryView; onClose: () => void }) {
  const { name, reads, refines, megabytes: size } = model;
  const usual = useApp(({ models }) => models?.models.find(({ own }) => !own)?.name);
  const { removeModel } = useActions();
  return (
    <Dialog title="Remove this model?" testId="remove-model" onClose={onClose}>
      <div className="model-question">
        <p>
          <b>{name}</b> goes from this computer, which frees {megabytes(size)}. To have it back, it must be
          imported again.
        </p>
        {reads && <p>{`Contracts are then read by ${usual ?? 'the model that comes with Proviso'}.`}</p>}
        {refines && <p>Doubtful clauses are then no longer checked.</p>}
        <div className="dialog-buttons">
          <Button onClick={onClose} testId="keep-model" focusFirst>
            Keep it
          </Button>
          <Button
            kind="danger"
            testId="confirm-remove"
            onClick={() => {
              onClose();
              void removeModel(name);
            }}
          >
            Remove {name}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
