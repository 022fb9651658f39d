// Name, contract in view, and what can be done with it.
import { Button } from '../shared/Button';
import { IconButton } from '../shared/IconButton';
import { useActions, useActiveContract, useApp } from '../state/react';
import { ExportButtons } from './ExportButtons';
import { ViewSwitch } from './ViewSwitch';
import './TopBar.css';

export function TopBar() {
  const comparing = useApp(({ matrix }) => matrix.open);
  const active = useActiveContract();
  const contract = comparing ? null : active;
  const alone = useApp(({ contracts }) => contracts.length === 1);
  const { choose, chooseFolder, close, showPanel } = useActions();
  const pages = contract?.document?.pages.length;
  return (
    <header className="top-bar">
      <h1 className="top-name">
        <span className="top-sign" aria-hidden="true">
          §
        </span>
        <span className="top-word">Proviso</span>
      </h1>
      <ViewSwitch />
      <div className="top-contract">
        {contract && (
          <>
            <FileName path={contract.path} name={contract.fileName} />
            {pages !== undefined && (
              <span className="top-pages">{pages === 1 ? '1 page' : `${pages} pages`}</span>
            )}
            {alone && (
              <IconButton
                icon="close"
                small
                label={`Close ${contract.fileName}`}
                testId="close-contract"
                onClick={() => close(contract.key)}
              />
            )}
          </>
        )}
      </div>
      <div className="top-actions">
        <Button icon="open" onClick={() => void choose()} title="Open contracts (o)" testId="open">
          Open
        </Button>
        <IconButton
          icon="folder"
          label="Open a folder of contracts (O)"
          testId="open-folder"
          onClick={() => void chooseFolder()}
        />
        {!comparing && <ExportButtons />}
        <IconButton
          icon="keyboard"
          label="Keys (?)"
          testId="open-shortcuts"
          onClick={() => showPanel('shortcuts')}
        />
        <IconButton
          icon="settings"
          label="Preferences (,)"
          testId="open-preferences"
          onClick={() => showPanel('preferences')}
        />
      </div>
    </header>
  );
}

/** Shortened before its ending, so that one sees where the name stops. */
function FileName({ path, name }: { path: string; name: string }) {
  const ending = /\.[a-z]{1,4}$/i.exec(name)?.[0] ?? '';
  return (
    <span className="top-file" title={path} data-testid="contract-name">
      <span className="top-stem">{name.slice(0, name.length - ending.length)}</span>
      <span className="top-ending">{ending}</span>
    </span>
  );
}
