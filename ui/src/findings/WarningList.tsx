// What could not be read, page by page, before anything that was found.
import type { WarningView } from '../backend';
import { Icon } from '../shared/Icon';
import { counted, listed } from '../shared/format';
import { useActions } from '../state/react';
import './WarningList.css';

/** Warnings above this number are gathered in a list that opens. */
const FEW = 3;

export function WarningList({ warnings }: { warnings: WarningView[] }) {
  if (warnings.length === 0) return null;
  const pages = [...new Set(warnings.flatMap(({ page }) => page ?? []))].sort((a, b) => a - b);
  const heading =
    pages.length === 0
      ? 'Part of this file could not be read'
      : pages.length === 1
        ? `Page ${pages[0]} could not be read fully`
        : pages.length <= 6
          ? `Pages ${listed(pages.map(String))} could not be read fully`
          : `${counted(pages.length, 'page', 'pages')} could not be read fully`;
  return (
    <section className="warnings" data-testid="warnings" aria-label="What could not be read">
      <h3>
        <Icon name="warning" size={17} />
        {heading}
      </h3>
      {warnings.length <= FEW ? (
        <WarningItems warnings={warnings} />
      ) : (
        <details>
          <summary>Show page by page</summary>
          <WarningItems warnings={warnings} />
        </details>
      )}
    </section>
  );
}

function WarningItems({ warnings }: { warnings: WarningView[] }) {
  const { jump } = useActions();
  return (
    <ul>
      {warnings.map(({ page, kind, message }, index) => (
        <li key={`${kind}-${page ?? 'file'}-${index}`} data-testid="warning" data-kind={kind}>
          {message}
          {page !== null && (
            <button type="button" className="warning-go" onClick={() => jump({ kind: 'page', page })}>
              Show page {page}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
