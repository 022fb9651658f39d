// What can be done with the pages: contents, page number, zoom, turning, colours, finding.
import { useState } from 'react';
import { IconButton } from '../shared/IconButton';
import type { Shown } from './useShown';
import type { Zoom } from './useZoom';
import { ZoomMenu } from './ZoomMenu';
import './ViewerToolbar.css';

interface ViewerToolbarProps {
  zoom: Zoom;
  /** The page in view, from 1. */
  page: number;
  pages: number;
  onPage: (page: number) => void;
  onRotate: () => void;
  drawer: Shown;
  legend: Shown;
  find: Shown;
}

export function ViewerToolbar(props: ViewerToolbarProps) {
  const { zoom, page, pages, onPage, onRotate, drawer, legend, find } = props;
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label="View">
      <div className="viewer-tools">
        <IconButton
          icon="drawer"
          label={drawer.open ? 'Hide the contents' : 'Show the contents'}
          expanded={drawer.open}
          onClick={drawer.toggle}
          testId="drawer-toggle"
        />
        <PageField page={page} pages={pages} onPage={onPage} />
      </div>
      <div className="viewer-tools">
        <IconButton icon="minus" label="Zoom out (Ctrl −)" onClick={() => zoom.step(-1)} testId="zoom-out" />
        <ZoomMenu zoom={zoom} />
        <IconButton icon="plus" label="Zoom in (Ctrl +)" onClick={() => zoom.step(1)} testId="zoom-in" />
        <IconButton
          icon="fit"
          label="Fit the width (Ctrl 0)"
          pressed={zoom.choice === 'width'}
          onClick={() => zoom.choose('width')}
          testId="zoom-fit"
        />
      </div>
      <div className="viewer-tools">
        <IconButton icon="rotate" label="Turn the pages (Ctrl Shift R)" onClick={onRotate} testId="rotate" />
        <IconButton
          icon="legend"
          label="Colours of the marks"
          expanded={legend.open}
          onClick={legend.toggle}
          testId="legend-toggle"
        />
        <IconButton
          icon="search"
          label="Find in this contract (Ctrl F)"
          expanded={find.open}
          onClick={find.toggle}
          testId="find-toggle"
        />
      </div>
    </div>
  );
}

type PageFieldProps = Pick<ViewerToolbarProps, 'page' | 'pages' | 'onPage'>;

function PageField({ page, pages, onPage }: PageFieldProps) {
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
