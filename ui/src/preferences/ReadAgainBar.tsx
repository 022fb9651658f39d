// The offer to read again what was read with other preferences, at the foot of the sheet.
import { Button } from '../shared/Button';
import { useActions, useApp } from '../state/react';
import { readOtherwise } from '../state/wishes';

export function ReadAgainBar() {
  const count = useApp(
    ({ contracts, preferences, models }) => readOtherwise(contracts, preferences, models).length,
  );
  const refused = useApp(({ running }) => running !== null && running.plan.refusal !== null);
  const { readAgain, showPanel } = useActions();
  return (
    <div className="again" role="status">
      {count > 0 && !refused && (
        <div className="again-offer">
          <span>
            {count === 1
              ? 'One open contract was read with other settings.'
              : `${count} open contracts were read with other settings.`}
          </span>
          <Button
            kind="primary"
            testId="read-all-again"
            onClick={() => {
              readAgain();
              showPanel('none');
            }}
          >
            Read again
          </Button>
        </div>
      )}
    </div>
  );
}
