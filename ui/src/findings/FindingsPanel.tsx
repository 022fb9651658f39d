// The clauses of the contract in view: what was found, what was not, and what could not be read.
import { useMemo, useRef } from 'react';
import { counted } from '../shared/format';
import { inOrder, narrow, wereChecked } from '../state/arrange';
import type { Contract } from '../state/contract';
import { useActions, useApp, useArrangement } from '../state/react';
import { CheckingLine } from './CheckingLine';
import { FilterBar } from './FilterBar';
import { GroupSection } from './GroupSection';
import { ReadingNotice } from './ReadingNotice';
import { useFollowSelection } from './useFollowSelection';
import { useLastFindingMark } from './useLastFindingMark';
import { WarningList } from './WarningList';
import './FindingsPanel.css';

export function FindingsPanel({ contract }: { contract: Contract }) {
  const panel = useRef<HTMLDivElement>(null);
  const groups = useArrangement();
  const filter = useApp((state) => state.filter);
  const foundOnly = useApp((state) => state.foundOnly);
  const checked = wereChecked(contract.reading?.findings);
  const doubtfulOnly = useApp((state) => state.doubtfulOnly) && checked;
  const { step } = useActions();
  const shown = useMemo(() => narrow(groups, { filter, doubtfulOnly }), [groups, filter, doubtfulOnly]);
  const order = useMemo(() => inOrder(shown), [shown]);
  useFollowSelection(panel, contract.selected);
  useLastFindingMark(contract.reading);

  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const present = groups.reduce((sum, group) => sum + group.present.length, 0);
  const categories = groups.reduce((sum, group) => sum + group.present.length + group.absent.length, 0);
  // The one finding that the Tab key reaches; the arrow keys go on from it.
  const reachable = order.some(({ id }) => id === contract.selected) ? contract.selected : order[0]?.id;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const onFinding = (event.target as HTMLElement).getAttribute('role') === 'option';
    if (!onFinding || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1);
  };

  return (
    <section className="findings" aria-label="Clauses">
      <header className="findings-head">
        <h2>Clauses</h2>
        {contract.reading && (
          <p data-testid="found-count">
            {counted(all, 'clause', 'clauses')} in {present} of {categories} categories
          </p>
        )}
        <FilterBar checked={checked} />
      </header>
      <CheckingLine contract={contract} />
      {/* The keys are those of the options inside, gathered in one place. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="findings-scroll" ref={panel} onKeyDown={onKeyDown}>
        {contract.document && <WarningList warnings={contract.document.warnings} />}
        <ReadingNotice contract={contract} />
        {contract.reading &&
          shown.map((group) => (
            <GroupSection
              key={group.title}
              group={group}
              selected={contract.selected}
              reachable={reachable ?? null}
              foundOnly={foundOnly}
            />
          ))}
        {contract.reading && shown.length === 0 && (filter.trim() !== '' || doubtfulOnly) && (
          <p className="findings-none">
            {doubtfulOnly
              ? `No clause${filter.trim() === '' ? '' : ` with the words “${filter.trim()}”`} is unconfirmed.`
              : `No clause or category has the words “${filter.trim()}”.`}
          </p>
        )}
      </div>
    </section>
  );
}
