// Asks before a whole selection is decided about, and says what that comes to.
import type { CellName } from '../backend';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { counted } from '../shared/format';
import { contractsOf } from '../state/matrixSelection';
import { useActions } from '../state/react';

/** Accepts what was found, or confirms that there is none. */
export type DecisionKind = 'accept' | 'none';

interface DecideDialogProps {
  kind: DecisionKind;
  cells: CellName[];
  /** Selected ones that stay as they are. */
  rest: number;
  onClose: () => void;
}

const WORDS = {
  accept: {
    title: (cells: string) => `Accept ${cells}?`,
    meaning:
      'every clause in them that nobody has decided about and that reaches its category’s threshold counts as accepted, unread by you.',
    others: 'nothing in them waits for a decision.',
    no: 'Accept nothing',
    yes: (cells: string) => `Accept ${cells}`,
  },
  none: {
    title: (cells: string) => `Confirm that there is none in ${cells}?`,
    meaning:
      'nothing of the kind was found there, and that counts as confirmed, though you have not read these contracts for it.',
    others: 'something was found in them, they were decided about, or their contract was not read.',
    no: 'Confirm nothing',
    yes: (cells: string) => `Confirm none in ${cells}`,
  },
};

/** Categories that are named; of the others their number. */
const NAMED = 6;

export function DecideDialog({ kind, cells, rest, onClose }: DecideDialogProps) {
  const { acceptCells, confirmAbsentCells } = useActions();
  const words = WORDS[kind];
  const count = counted(cells.length, 'cell', 'cells');
  const parts = byCategory(cells);
  return (
    <Dialog title={words.title(count)} testId={`${kind}-dialog`} onClose={onClose}>
      <div className="matrix-question">
        <p>
          <b>{`${count} in ${counted(contractsOf(cells), 'contract', 'contracts')}`}</b>: {words.meaning}
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
          <p>{`The other ${counted(rest, 'selected cell stays as it is', 'selected cells stay as they are')}: ${words.others}`}</p>
        )}
        <div className="matrix-buttons">
          <Button onClick={onClose} testId={`${kind}-nothing`} focusFirst>
            {words.no}
          </Button>
          <Button
            kind="primary"
            testId={`confirm-${kind}`}
            onClick={() => {
              onClose();
              void (kind === 'accept' ? acceptCells : confirmAbsentCells)(cells);
            }}
          >
            {words.yes(count)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** How many cells of each category, the most first. */
function byCategory(cells: CellName[]): [string, number][] {
  const numbers = new Map<string, number>();
  for (const { category } of cells) numbers.set(category, (numbers.get(category) ?? 0) + 1);
  return [...numbers].sort((a, b) => b[1] - a[1]);
}
