// Failures, each file with its own, and notices to be told once.
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { IconButton } from '../shared/IconButton';
import { counted } from '../shared/format';
import { hasFailed, type Contract } from '../state/contract';
import { useActions, useApp } from '../state/react';
import './Banners.css';

/** More would push the pages out of view; the others are listed at the end of the queue. */
const MOST = 3;

export function Banners() {
  const contracts = useApp((state) => state.contracts);
  const notice = useApp((state) => state.notice);
  const activeKey = useApp((state) => state.activeKey);
  const comparing = useApp(({ matrix }) => matrix.open);
  const { retry, dismissFailure, dismissNotice } = useActions();
  // Of the one in view the same stands in the place of its pages, or of its clauses.
  const isInSight = ({ key }: Contract) => !comparing && key === activeKey;
  const failed = contracts.filter(
    (contract) => hasFailed(contract) && !contract.dismissed && !isInSight(contract),
  );
  if (failed.length === 0 && notice === null) return null;
  return (
    <div className="banners">
      {notice !== null && (
        <div className="banner banner-plain" role="status" data-testid="notice">
          <Icon name="info" />
          <p>{notice}</p>
          <IconButton icon="close" small label="Put this notice away" onClick={dismissNotice} />
        </div>
      )}
      {failed.slice(0, MOST).map(({ key, message }) => (
        <div key={key} className="banner" role="alert" data-testid="error-banner">
          <Icon name="warning" />
          <p>{message}</p>
          <Button onClick={() => retry(key)}>Try again</Button>
          <IconButton icon="close" small label="Put this message away" onClick={() => dismissFailure(key)} />
        </div>
      ))}
      {failed.length > MOST && (
        <div className="banner banner-plain" data-testid="more-failures">
          <Icon name="info" />
          <p>
            {counted(failed.length - MOST, 'more contract', 'more contracts')} could not be read. They are
            listed at the end of the queue.
          </p>
        </div>
      )}
    </div>
  );
}
