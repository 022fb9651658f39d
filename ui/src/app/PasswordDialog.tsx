// Asks for the password of the contract in view, where it is protected.
import { useState } from 'react';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import type { Contract } from '../state/contract';
import { useActions, useActiveContract } from '../state/react';
import './PasswordDialog.css';

export function PasswordDialog() {
  const contract = useActiveContract();
  const locked = contract?.stage === 'locked' && !contract.isOpening ? contract : null;
  return locked ? <PasswordForm key={locked.key} contract={locked} /> : null;
}

function PasswordForm({ contract: { key, fileName, refused } }: { contract: Contract }) {
  const { unlock, close } = useActions();
  const [password, setPassword] = useState('');
  return (
    <Dialog title="Password needed" testId="password-dialog" onClose={() => close(key)}>
      <form
        className="password"
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '') unlock(key, password);
        }}
      >
        <p>
          <b>{fileName}</b> is protected. Its password is used to open it now and is not kept.
        </p>
        <label htmlFor="password">Password</label>
        <input
          id="password"
          type="password"
          autoComplete="off"
          data-testid="password"
          data-focus-first
          value={password}
          aria-invalid={refused}
          aria-describedby={refused ? 'password-refused' : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
        {refused && (
          <p id="password-refused" className="password-refused" role="alert">
            That was not the right password. Try again.
          </p>
        )}
        <div className="password-buttons">
          <Button onClick={() => close(key)}>Leave it closed</Button>
          <Button kind="primary" submit disabled={password === ''} testId="unlock">
            Open
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
