// The pages one below the other with what stands around them. Only the pages in view and their neighbours exist; the
// column keeps the full height.
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { DocumentView } from '../backend';
import type { Contract } from '../state/contract';
import { useActions, useApp, useArrangement } from '../state/react';
import { FindBar } from './FindBar';
import type { Found } from './findPlaces';
import { currentOn, spansByPage } from './foundOnPages';
import { Legend } from './Legend';
import { marksByPage } from './marks';
import { MiniMap } from './MiniMap';
import { PageSheet } from './PageSheet';
import type { PDFDocumentProxy } from './pdf';
import { RenderQueue } from './renderQueue';
import { SideDrawer } from './SideDrawer';
import { useFind } from './useFind';
import { useFindKeys } from './useFindKeys';
import { useJump } from './useJump';
import { useMarkPointer } from './useMarkPointer';
import { usePagePlaces } from './usePagePlaces';
import { useSelection } from './useSelection';
import { useShown } from './useShown';
import { useViewports } from './useViewports';
import { ViewerToolbar } from './ViewerToolbar';
import './PageColumn.css';

const NOTHING: Found = new Map();

interface PageColumnProps {
  contract: Contract;
  document: DocumentView;
  pdf: PDFDocumentProxy;
}

export function PageColumn({ contract, document, pdf }: PageColumnProps) {
  const { select } = useActions();
  const { key, selected, reading } = contract;
  const scroller = useRef<HTMLDivElement>(null);
  const [queue] = useState(() => new RenderQueue());
  const { sizes, onSize, turn, rotate, zoom, layout, place, measured, reveal } = usePagePlaces(
    scroller,
    key,
    document,
    pdf,
  );
  const page = place.current + 1;
  useEffect(() => queue.focus(place.current), [queue, place]);

  const groups = useArrangement();
  const marks = useMemo(
    () => marksByPage(groups, reading?.findings.find(({ id }) => id === selected) ?? null),
    [groups, reading, selected],
  );
  useJump(reveal, measured, reading?.findings);
  const find = useFind(pdf, sizes.length, page, reveal);
  const found = useMemo(() => spansByPage(find.result?.found ?? NOTHING), [find.result]);
  useFindKeys(find);
  const { onViewport, viewportAt } = useViewports();
  const pick = useCallback((id: number) => select(id, false), [select]);
  useMarkPointer(scroller, marks, selected, viewportAt, pick);
  useSelection(scroller, viewportAt);
  const selection = useApp((state) => state.selection);

  const scanned = document.warnings.filter(({ kind }) => kind === 'scanned_page').length;
  const drawer = useShown('proviso-contents-shown');
  const legend = useShown('proviso-colours-shown');
  const legendId = useId();
  const [first, last] = place.kept;
  const numbers = measured ? Array.from({ length: last - first + 1 }, (_, offset) => first + offset + 1) : [];
  return (
    <>
      <ViewerToolbar
        zoom={zoom}
        page={page}
        pages={sizes.length}
        onPage={(wanted) => reveal.page(wanted, null)}
        onRotate={rotate}
        drawer={drawer}
        legend={legend}
        find={{ open: find.open, toggle: () => (find.open ? find.hide() : find.show(null)) }}
      />
      {find.open && <FindBar find={find} pages={sizes.length} scanned={scanned} />}
      <div className="page-desk">
        {drawer.open && (
          <SideDrawer pdf={pdf} sizes={sizes} turn={turn} queue={queue} page={page} onPage={reveal.page} />
        )}
        {/* A scrolling region can be reached by the keyboard, so that its keys scroll it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="page-scroller" ref={scroller} role="region" aria-label="Pages" tabIndex={0}>
          <div className="page-column" style={{ height: layout.height, minWidth: layout.width }}>
            {numbers.map((number) => (
              <PageSheet
                key={number}
                pdf={pdf}
                number={number}
                top={layout.tops[number - 1] ?? 0}
                size={layout.sizes[number - 1] ?? { width: 0, height: 0 }}
                scale={zoom.scale}
                turn={turn}
                marks={marks.get(number)}
                selected={selected}
                found={found.get(number)}
                currentFound={currentOn(find.result?.found ?? NOTHING, find.current, number)}
                selection={selection?.find((part) => part.page === number)?.rects}
                queue={queue}
                onViewport={onViewport}
                onSize={onSize}
              />
            ))}
          </div>
        </div>
        <MiniMap
          scroller={scroller}
          layout={layout}
          pages={document.pages}
          turn={turn}
          marks={marks}
          selected={selected}
          find={find}
          reveal={reveal}
          onPick={(id) => select(id, true)}
        />
        {legend.open && <Legend id={legendId} groups={groups} onClose={legend.toggle} />}
      </div>
    </>
  );
}
