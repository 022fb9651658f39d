// The file's own headings, a level below the other.
import { useMemo, useState } from 'react';
import { Icon } from '../shared/Icon';
import { entryAt, type OutlineEntry } from './outline';
import { useRovingFocus } from './useRovingFocus';

interface OutlineTreeProps {
  entries: OutlineEntry[];
  /** The page in view, from 1. */
  page: number;
  onPage: (page: number, at: OutlineEntry['at']) => void;
}

interface LevelProps {
  entries: OutlineEntry[];
  current: string | null;
  /** The one entry that the Tab key reaches. */
  reachable: string | null;
  opened: ReadonlySet<string>;
  onFold: (id: string) => void;
  onPage: OutlineTreeProps['onPage'];
}

export function OutlineTree({ entries, page, onPage }: OutlineTreeProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const onArrow = useRovingFocus();
  const exact = useMemo(() => entryAt(entries, page), [entries, page]);
  const current = useMemo(() => nearestShown(exact, opened), [exact, opened]);
  const fold = (id: string) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const row = document.activeElement?.closest<HTMLElement>('[data-outline]');
    const id = row?.dataset.outline;
    const wantsFold = event.key === (id && opened.has(id) ? 'ArrowLeft' : 'ArrowRight');
    if (id && wantsFold && row?.querySelector('.outline-fold')) {
      event.preventDefault();
      fold(id);
    } else onArrow(event);
  };
  return (
    // The keys are those of the entries inside, gathered in one place.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="drawer-scroll outline" data-testid="outline" onKeyDown={onKeyDown}>
      <Level
        entries={entries}
        current={current}
        reachable={current ?? entries[0]?.id ?? null}
        opened={opened}
        onFold={fold}
        onPage={onPage}
      />
    </div>
  );
}

/** The entry itself, or the one above it behind which it is folded away. */
function nearestShown(id: string | null, opened: ReadonlySet<string>): string | null {
  if (id === null) return null;
  const parts = id.split('.');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const above = parts.slice(0, depth).join('.');
    if (!opened.has(above)) return above;
  }
  return id;
}

function Level(props: LevelProps) {
  const { entries, current, reachable, opened, onFold, onPage } = props;
  return (
    <ul role="list">
      {entries.map(({ id, title, page, at, children }) => (
        <li key={id}>
          <div className="outline-row" data-outline={id} data-current={id === current}>
            {children.length > 0 ? (
              <button
                type="button"
                className="outline-fold"
                tabIndex={-1}
                aria-label={opened.has(id) ? `Fold ${title}` : `Unfold ${title}`}
                aria-expanded={opened.has(id)}
                onClick={() => onFold(id)}
              >
                <Icon name="chevron" size={13} />
              </button>
            ) : (
              <span className="outline-space" />
            )}
            <button
              type="button"
              className="outline-entry"
              data-testid="outline-entry"
              data-roving
              tabIndex={id === reachable ? 0 : -1}
              aria-current={id === current ? 'true' : undefined}
              disabled={page === null}
              onClick={() => page !== null && onPage(page, at)}
            >
              <span>{title}</span>
              {page !== null && (
                <span className="outline-page">
                  <span className="visually-hidden">page </span>
                  {page}
                </span>
              )}
            </button>
          </div>
          {opened.has(id) && <Level {...props} entries={children} />}
        </li>
      ))}
    </ul>
  );
}
