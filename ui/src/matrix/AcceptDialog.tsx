// Asks before a whole selection is accepted, and says what that comes to.
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { counted } from '../shared/format';
import type { SelectedCells } from '../state/matrixSelection';
import { useActions } from '../state/react';

/** Categories that are named; of the others their number. */
const NAMED = 6;

export function AcceptDialog({ selected, onClose }: { selected: SelectedCells; onClose: () => void }) {
  const { acceptCells } = useActions();
  const { acceptable, contracts, count } = selected;
  const cells = counted(acceptable.length, 'cell', 'cells');
  const rest = count - acceptable.length;
  const parts = byCategory(selected);
  return (
    <Dialog title={`Accept ${cells}?`} testId="accept-dialog" onClose={onClose}>
      <div className="matrix-question">
        <p>
          <b>{`${cells} in ${counted(contracts, 'contract', 'contracts')}`}</b>: every clause in them that
          nobody has decided about and that reaches its category’s threshold counts as accepted, unread by
          you.
        </p>
        <ul>
          {parts.slice(0, NAMED).map(([category, number]) => (
            <li key={category}>
              <span>{category}</span>
              <b>{number.toLocaleString('en')}</b>
            </li>
          ))}
        </ul>
        {parts.length > NAMED && (
          <p>{`And ${counted(parts.length - NAMED, 'more category', 'more categories')}.`}</p>
        )}
        {rest > 0 && (
          <p>{`The other ${counted(rest, 'selected cell', 'selected cells')} stay as they are: nothing in them waits for a decision.`}</p>
        )}
        <div className="matrix-buttons">
          <Button onClick={onClose} testId="accept-nothing" focusFirst>
            Accept nothing
          </Button>
          <Button
            kind="primary"
            testId="confirm-accept"
            onClick={() => {
              onClose();
              void acceptCells(acceptable);
            }}
          >
            {`Accept ${cells}`}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** How many cells of each category, the most first. */
function byCategory({ acceptable }: SelectedCells): [string, number][] {
  const numbers = new Map<string, number>();
  for (const { category } of acceptable) numbers.set(category, (numbers.get(category) ?? 0) + 1);
  return [...numbers].sort((a, b) => b[1] - a[1]);
}
