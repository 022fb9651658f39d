// The pages one below the other. Only those in view and their neighbours exist; the column keeps the full height.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DocumentView } from '../backend';
import type { Contract } from '../state/contract';
import { useActions, useArrangement } from '../state/react';
import { marksByPage } from './marks';
import { stack } from './pageLayout';
import { PageSheet } from './PageSheet';
import type { PDFDocumentProxy } from './pdf';
import { RenderQueue } from './renderQueue';
import { useJump } from './useJump';
import { useMarkPointer } from './useMarkPointer';
import { useScrollPlace } from './useScrollPlace';
import { usePageSizes } from './usePageSizes';
import { useViewSize } from './useViewSize';
import { useZoom } from './useZoom';
import { ViewerToolbar } from './ViewerToolbar';
import './PageColumn.css';

interface PageColumnProps {
  contract: Contract;
  document: DocumentView;
  pdf: PDFDocumentProxy;
}

export function PageColumn({ contract, document, pdf }: PageColumnProps) {
  const { select, jump } = useActions();
  const scroller = useRef<HTMLDivElement>(null);
  const [queue] = useState(() => new RenderQueue());
  const [view, hasSize] = useViewSize(scroller);
  const [sizes, onSize] = usePageSizes(document);

  const holdNow = useRef<(viewY: number | null) => void>(() => undefined);
  const hold = useCallback((viewY: number | null) => holdNow.current(viewY), []);
  const zoom = useZoom(sizes, view.width, scroller, hold);
  const layout = useMemo(() => stack(sizes, zoom.scale), [sizes, zoom.scale]);
  const place = useScrollPlace(scroller, layout, view.height, contract.key);
  useEffect(() => {
    holdNow.current = place.hold;
  }, [place.hold]);
  useEffect(() => queue.focus(place.current), [queue, place]);

  const groups = useArrangement();
  const { selected, reading } = contract;
  const marks = useMemo(
    () => marksByPage(groups, reading?.findings.find(({ id }) => id === selected) ?? null),
    [groups, reading, selected],
  );
  useJump(scroller, layout, hasSize, pdf, reading?.findings);
  const pick = useCallback((id: number) => select(id, false), [select]);
  const onViewport = useMarkPointer(scroller, marks, selected, pick);

  const [first, last] = place.kept;
  const numbers = hasSize ? Array.from({ length: last - first + 1 }, (_, offset) => first + offset + 1) : [];
  return (
    <>
      <ViewerToolbar
        zoom={zoom}
        page={place.current + 1}
        pages={sizes.length}
        onPage={(page) => jump({ kind: 'page', page })}
      />
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
              marks={marks.get(number)}
              selected={selected}
              queue={queue}
              onViewport={onViewport}
              onSize={onSize}
            />
          ))}
        </div>
      </div>
    </>
  );
}
