// Bringing a model in: choosing its folder, how far the import has come, and how it ended.
import { useRef } from 'react';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { importName } from '../state/importing';
import { useActions, useApp } from '../state/react';
import { ImportDialog } from './ImportDialog';
import { ImportProgressPanel } from './ImportProgressPanel';
import { useKeptFocus } from './useKeptFocus';

export function ImportSection({ unfinished }: { unfinished: string | null }) {
  const { stage, request } = useApp((state) => state.importing);
  const { chooseImport } = useActions();
  const section = useRef<HTMLDivElement>(null);
  useKeptFocus(section, stage, '[data-testid="cancel-import"], [data-testid="import-model"]');
  return (
    <div className="import" ref={section} data-testid="import" data-stage={stage}>
      {unfinished !== null && stage !== 'running' && (
        <div className="note" data-testid="unfinished">
          <Icon name="info" />
          <p>
            The import of <b>{unfinished}</b> was interrupted. What has been taken over is kept: choose its
            folder again to go on.
          </p>
          <Button testId="continue-import" onClick={() => void chooseImport(unfinished)}>
            Go on …
          </Button>
        </div>
      )}
      <ImportOutcome />
      {stage === 'running' ? (
        <ImportProgressPanel />
      ) : (
        <div className="import-start">
          <Button icon="plus" testId="import-model" onClick={() => void chooseImport()}>
            Import a model …
          </Button>
          <span>A folder with a model trained on CUAD, as Hugging Face lays it out, or as Proviso does.</span>
        </div>
      )}
      {stage === 'asked' && request && <ImportDialog request={request} />}
      <p className="visually-hidden" role="status">
        {stage === 'running' && request ? `The import of ${importName(request)} has begun.` : ''}
      </p>
    </div>
  );
}

function ImportOutcome() {
  const { stage, request, message } = useApp((state) => state.importing);
  const { askImportAgain, putImportAway } = useActions();
  if (request === null) return null;
  if (stage === 'failed')
    return (
      <div className="note note-bad" role="alert" data-testid="import-failed">
        <Icon name="warning" />
        <p>
          <b>{importName(request)} could not be imported.</b> {message}
        </p>
        <Button testId="import-again" onClick={askImportAgain}>
          Try again
        </Button>
      </div>
    );
  if (stage !== 'done' && stage !== 'cancelled') return null;
  return (
    <div
      className={stage === 'done' ? 'note note-good' : 'note'}
      role="status"
      data-testid={`import-${stage}`}
    >
      <Icon name={stage === 'done' ? 'check' : 'info'} />
      <p>
        {stage === 'done' ? (
          <>
            <b>{importName(request)} was imported.</b> It can be used for reading now, or to check doubtful
            clauses.
          </>
        ) : (
          `The import of ${importName(request)} was cancelled.`
        )}
      </p>
      <Button kind="quiet" onClick={putImportAway}>
        Put away
      </Button>
    </div>
  );
}
