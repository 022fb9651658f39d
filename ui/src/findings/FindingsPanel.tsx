// The clauses of the contract in view: what was found, what was not, what was decided, and what could not be read.
import { useMemo, useRef } from 'react';
import { counted } from '../shared/format';
import type { Show } from '../state/appState';
import { inOrder, isRejected, narrow, wereChecked, type GroupArrangement } from '../state/arrange';
import type { Contract } from '../state/contract';
import { countsOf, groupProgress, progressOf } from '../state/progress';
import { useActions, useApp, useArrangement } from '../state/react';
import { CheckingLine } from './CheckingLine';
import { FilterBar } from './FilterBar';
import { GroupSection } from './GroupSection';
import type { ListPlace } from './listPlace';
import { LostClauses } from './LostClauses';
import { ReadingNotice } from './ReadingNotice';
import { ReviewBar } from './ReviewBar';
import { ShowControl } from './ShowControl';
import { useFollowSelection } from './useFollowSelection';
import { useLastFindingMark } from './useLastFindingMark';
import { WarningList } from './WarningList';
import './FindingsPanel.css';

const NONE: string[] = [];

export function FindingsPanel({ contract }: { contract: Contract }) {
  const panel = useRef<HTMLDivElement>(null);
  const groups = useArrangement();
  const filter = useApp((state) => state.filter);
  const show = useApp((state) => state.show);
  const foundOnly = useApp((state) => state.foundOnly) && show !== 'missing';
  const checked = wereChecked(contract.reading?.findings);
  const doubtfulOnly = useApp((state) => state.doubtfulOnly) && checked;
  const { step } = useActions();
  const confirmed = contract.reading?.review.confirmedAbsent ?? NONE;
  const shown = useMemo(
    () => narrow(groups, { filter, doubtfulOnly, show, confirmed }),
    [groups, filter, doubtfulOnly, show, confirmed],
  );
  const place = useListPlace(contract, shown, show, confirmed);
  useFollowSelection(panel, contract.selected, contract.absent);
  useLastFindingMark(contract.reading);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const onFinding = (event.target as HTMLElement).getAttribute('role') === 'row';
    if (!onFinding || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1);
  };
  const empty = shown.every(
    ({ present, absent }) => present.length === 0 && (foundOnly || absent.length === 0),
  );

  return (
    <section className="findings" aria-label="Clauses">
      <PanelHead contract={contract} groups={groups} confirmed={confirmed} checked={checked} />
      <CheckingLine contract={contract} />
      {/* The keys are those of the clauses inside, gathered in one place. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="findings-scroll" ref={panel} onKeyDown={onKeyDown}>
        {contract.document && <WarningList warnings={contract.document.warnings} />}
        {contract.reading && <LostClauses lost={contract.reading.review.lost} />}
        <ReadingNotice contract={contract} />
        {contract.reading &&
          shown.map((group) => (
            <GroupSection
              key={group.title}
              group={group}
              progress={groupProgress(groups.find(({ title }) => title === group.title) ?? group, confirmed)}
              place={place}
              foundOnly={foundOnly}
            />
          ))}
        {contract.reading && empty && (
          <p className="findings-none">{nothingShown(show, filter.trim(), doubtfulOnly)}</p>
        )}
      </div>
    </section>
  );
}

interface PanelHeadProps {
  contract: Contract;
  groups: GroupArrangement[];
  confirmed: string[];
  checked: boolean;
}

function PanelHead({ contract: { reading }, groups, confirmed, checked }: PanelHeadProps) {
  const progress = progressOf(groups, confirmed);
  const found = groups.flatMap(({ present }) =>
    present.map((entry) => entry.found.filter((f) => !isRejected(f))),
  );
  const present = found.filter((clauses) => clauses.length > 0).length;
  return (
    <header className="findings-head">
      <h2>Clauses</h2>
      {reading && (
        <>
          <p data-testid="found-count">
            {counted(found.flat().length, 'clause', 'clauses')} in {present} of {progress.categories}{' '}
            categories
          </p>
          <ReviewBar reading={reading} progress={progress} />
        </>
      )}
      <FilterBar checked={checked} />
      {reading && <ShowControl counts={countsOf(groups, confirmed)} />}
    </header>
  );
}

/** Where the person is; the arrow keys go on from the one clause that the Tab key reaches. */
function useListPlace(
  { selected, absent, document }: Contract,
  shown: GroupArrangement[],
  show: Show,
  confirmed: string[],
): ListPlace {
  return useMemo(() => {
    const order = inOrder(shown);
    const pages = document?.warnings.flatMap(({ page }) => page ?? []) ?? [];
    return {
      selected,
      absent,
      reachable: order.some(({ id }) => id === selected) ? selected : (order[0]?.id ?? null),
      confirmed,
      opensAbsent: show === 'missing' || show === 'unreviewed',
      unread: [...new Set(pages)].sort((a, b) => a - b),
    };
  }, [selected, absent, document, shown, show, confirmed]);
}

/** Why nothing is listed. */
function nothingShown(show: Show, words: string, doubtfulOnly: boolean): string {
  const having = words === '' ? '' : ` with the words “${words}”`;
  if (doubtfulOnly) return `No clause${having} is unconfirmed.`;
  switch (show) {
    case 'all':
      return words === '' ? 'No clause was found.' : `No clause or category has the words “${words}”.`;
    case 'unreviewed':
      return words === '' ? 'Everything is reviewed.' : `Nothing${having} is left to review.`;
    case 'uncertain':
      return `No clause${having} is of low confidence.`;
    case 'missing':
      return words === '' ? 'A clause was found for every category.' : `No category${having} is missing.`;
    case 'rejected':
      return `No clause${having} was rejected.`;
  }
}
