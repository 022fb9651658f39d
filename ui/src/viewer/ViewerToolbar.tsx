// Page number and zoom.
import { useState } from 'react';
import { IconButton } from '../shared/IconButton';
import type { Zoom } from './useZoom';
import './ViewerToolbar.css';

interface ViewerToolbarProps {
  zoom: Zoom;
  /** The page in view, from 1. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

export function ViewerToolbar({ zoom, page, pages, onPage }: ViewerToolbarProps) {
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label="View">
      <PageField page={page} pages={pages} onPage={onPage} />
      <div className="viewer-zoom">
        <IconButton icon="minus" label="Zoom out (Ctrl −)" onClick={() => zoom.step(-1)} testId="zoom-out" />
        <span className="viewer-factor" data-testid="zoom-level">
          {Math.round(zoom.factor * 100)} %
        </span>
        <IconButton icon="plus" label="Zoom in (Ctrl +)" onClick={() => zoom.step(1)} testId="zoom-in" />
        <IconButton
          icon="fit"
          label="Fit the width (Ctrl 0)"
          pressed={zoom.fitted}
          onClick={zoom.fit}
          testId="zoom-fit"
        />
      </div>
    </div>
  );
}

function PageField({ page, pages, onPage }: Omit<ViewerToolbarProps, 'zoom'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    const wanted = Number.parseInt(typed ?? '', 10);
    setTyped(null);
    if (Number.isFinite(wanted)) onPage(Math.min(Math.max(wanted, 1), pages));
  };
  return (
    <form
      className="viewer-page"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <label htmlFor="page-number">Page</label>
      <input
        id="page-number"
        data-testid="page-number"
        inputMode="numeric"
        value={typed ?? String(page)}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, ''))}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
      />
      <span>of {pages}</span>
    </form>
  );
}
