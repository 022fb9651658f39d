// The contracts of the queue, when there are several, in the order in which they are read.
import { memo, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { QueueMove } from '../backend';
import { Icon, type IconName } from '../shared/Icon';
import { IconButton } from '../shared/IconButton';
import { ProgressBar } from '../shared/ProgressBar';
import { counted } from '../shared/format';
import { isBusy, shareRead, statusOf, type Contract, type Stage } from '../state/contract';
import { useActions, useApp } from '../state/react';
import { describeInRail } from './describeStage';
import { QueueHead } from './QueueHead';
import { railRows, ROW, STRIP, type RailRow } from './railRows';
import { useRailKeys } from './useRailKeys';
import { useRailView } from './useRailView';
import './ContractRail.css';

export function ContractRail() {
  const several = useApp(
    ({ contracts, queue }) => contracts.length > 1 || (queue.paused && contracts.length > 0),
  );
  return several ? <Rail /> : null;
}

function Rail() {
  const contracts = useApp((state) => state.contracts);
  const activeKey = useApp((state) => state.activeKey);
  const [reached, setReached] = useState<number | null>(null);
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => railRows(contracts), [contracts]);
  const { range, strip } = useRailView(scroller, rows.length);
  const keys = rows.flatMap((row) => (row.kind === 'contract' ? row.contract.key : []));
  // The Tab key reaches one contract; the arrow keys go on from there.
  const reachable = [reached, activeKey].find((key) => key !== null && keys.includes(key)) ?? keys[0];
  const onKeyDown = useRailKeys(scroller, rows, strip, setReached);
  const drawn = rows.flatMap((row, index) => {
    const isNear = index >= range[0] && index < range[1];
    return isNear || (row.kind === 'contract' && row.contract.key === reachable) ? [{ row, index }] : [];
  });
  const size = strip ? STRIP : ROW;
  return (
    <nav className="rail" aria-label="Open contracts" data-testid="rail">
      <QueueHead />
      <ul ref={scroller} className="rail-list">
        <li
          aria-hidden="true"
          className="rail-length"
          style={strip ? { width: rows.length * size } : { height: rows.length * size }}
        />
        {drawn.map(({ row, index }) => (
          <Row
            key={row.kind === 'contract' ? row.contract.key : 'failures'}
            row={row}
            total={contracts.length}
            place={index * size}
            strip={strip}
            active={row.kind === 'contract' && row.contract.key === activeKey}
            reachable={row.kind === 'contract' && row.contract.key === reachable}
            onKeyDown={onKeyDown}
            onReach={setReached}
          />
        ))}
      </ul>
    </nav>
  );
}

interface RowProps {
  row: RailRow;
  total: number;
  place: number;
  strip: boolean;
  active: boolean;
  reachable: boolean;
  onKeyDown: (event: KeyboardEvent, contract: Contract) => void;
  onReach: (key: number) => void;
}

function Row({ row, total, place, strip, active, reachable, onKeyDown, onReach }: RowProps) {
  const style: CSSProperties = strip ? { left: place, width: STRIP } : { top: place, height: ROW };
  if (row.kind === 'failures')
    return (
      <li className="rail-heading" style={style} data-testid="failures">
        {counted(row.count, 'contract', 'contracts')} could not be read
      </li>
    );
  return (
    // The keys and the focus are those of the buttons inside, gathered in one place.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="rail-item"
      style={style}
      data-testid="contract"
      data-status={statusOf(row.contract)}
      data-active={active}
      data-key={row.contract.key}
      aria-setsize={total}
      aria-posinset={row.at}
      onKeyDown={(event) => onKeyDown(event, row.contract)}
      onFocus={() => onReach(row.contract.key)}
    >
      <RailItem contract={row.contract} active={active} reachable={reachable} />
    </li>
  );
}

interface ItemProps {
  contract: Contract;
  active: boolean;
  reachable: boolean;
}

const RailItem = memo(function RailItem({ contract, active, reachable }: ItemProps) {
  const { activate } = useActions();
  const { key, fileName, stage } = contract;
  return (
    <>
      <button
        type="button"
        className="rail-show"
        aria-current={active ? 'true' : undefined}
        tabIndex={reachable ? 0 : -1}
        title={contract.path}
        onClick={() => activate(key)}
      >
        <span className="rail-file">{fileName}</span>
        <span className="rail-stage">
          <Sign contract={contract} />
          {describeInRail(contract)}
        </span>
        {stage === 'reading' && <ProgressBar value={shareRead(contract)} label={`Reading ${fileName}`} />}
      </button>
      <RowButtons contract={contract} tabIndex={reachable ? 0 : -1} />
    </>
  );
});

const SIGNS: Partial<Record<Stage, IconName>> = {
  done: 'check',
  openFailed: 'warning',
  readFailed: 'warning',
  locked: 'lock',
  cancelled: 'minus',
};

/** How it stands, for who runs the eye down the list. */
function Sign({ contract }: { contract: Contract }) {
  const name = SIGNS[contract.stage];
  return name ? <Icon name={name} size={13} /> : null;
}

const MOVES: { to: QueueMove; icon: 'front' | 'up' | 'down'; text: string }[] = [
  { to: 'front', icon: 'front', text: 'Read next' },
  { to: 'earlier', icon: 'up', text: 'Read earlier' },
  { to: 'later', icon: 'down', text: 'Read later' },
];

function RowButtons({ contract, tabIndex }: { contract: Contract; tabIndex: number }) {
  const { cancel, close, move, retry } = useActions();
  const { key, fileName, turn } = contract;
  const canRetry = turn === 'openFailed' || turn === 'readFailed' || turn === 'cancelled';
  return (
    <span className="rail-buttons">
      {turn === 'waiting' && (
        <span className="rail-moves">
          {MOVES.map(({ to, icon, text }) => (
            <IconButton
              key={to}
              icon={icon}
              small
              label={`${text}: ${fileName}`}
              tabIndex={tabIndex}
              testId={`move-${to}`}
              onClick={() => move(key, to)}
            />
          ))}
        </span>
      )}
      {canRetry && (
        <IconButton
          icon="again"
          small
          label={`Try ${fileName} again`}
          tabIndex={tabIndex}
          testId="retry"
          onClick={() => retry(key)}
        />
      )}
      {isBusy(contract) ? (
        <IconButton
          icon="close"
          small
          label={`Cancel the reading of ${fileName}`}
          tabIndex={tabIndex}
          onClick={() => cancel(key)}
        />
      ) : (
        <IconButton
          icon="close"
          small
          label={`Close ${fileName}`}
          tabIndex={tabIndex}
          onClick={() => close(key)}
        />
      )}
    </span>
  );
}
