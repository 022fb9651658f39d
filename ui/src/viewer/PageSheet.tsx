// One page: its picture, the marks on it and its text.
import { useEffect, useRef, useState } from 'react';
import { MarkLayer } from './MarkLayer';
import type { PageMark } from './marks';
import type { Size } from './pageLayout';
import type { PDFDocumentProxy, PDFPageProxy, PageViewport } from './pdf';
import type { RenderQueue } from './renderQueue';
import { usePageCanvas } from './usePageCanvas';
import { useTextLayer } from './useTextLayer';
import './PageSheet.css';

interface PageSheetProps {
  pdf: PDFDocumentProxy;
  number: number;
  top: number;
  size: Size;
  scale: number;
  marks: PageMark[] | undefined;
  selected: number | null;
  queue: RenderQueue;
  /** Tells where the page's points lie, for clicks on it; null when the page is let go. */
  onViewport: (number: number, viewport: PageViewport | null) => void;
  /** Tells the size in points that the file itself gives the page. */
  onSize: (number: number, size: Size) => void;
}

export function PageSheet({
  pdf,
  number,
  top,
  size,
  scale,
  marks,
  selected,
  queue,
  onViewport,
  onSize,
}: PageSheetProps) {
  const canvasHolder = useRef<HTMLDivElement>(null);
  const textHolder = useRef<HTMLDivElement>(null);
  const page = usePage(pdf, number);
  const viewport = page?.getViewport({ scale }) ?? null;
  const drawn = usePageCanvas(canvasHolder, page, scale, queue);
  const hasText = useTextLayer(textHolder, page);

  useEffect(() => {
    onViewport(number, page?.getViewport({ scale }) ?? null);
    return () => onViewport(number, null);
  }, [onViewport, number, page, scale]);

  useEffect(() => {
    if (!page) return;
    const { width, height } = page.getViewport({ scale: 1 });
    onSize(number, { width, height });
  }, [onSize, number, page]);

  useEffect(() => {
    if (drawn !== null && performance.getEntriesByName('proviso:first-page').length === 0) {
      performance.mark('proviso:first-page');
    }
  }, [drawn]);

  const style = { top, width: size.width, height: size.height, '--total-scale-factor': String(scale) };
  return (
    <div
      className="page-sheet"
      role="group"
      aria-label={`Page ${number}`}
      data-testid={`page-${number}`}
      data-page-number={number}
      data-rendered={drawn === scale}
      data-text={hasText}
      style={style as React.CSSProperties}
    >
      <div className="page-canvas" ref={canvasHolder} aria-hidden="true" />
      {viewport && marks && <MarkLayer page={number} viewport={viewport} marks={marks} selected={selected} />}
      <div className="textLayer" ref={textHolder} />
      {drawn === null && <div className="page-waiting">Page {number} is being drawn</div>}
    </div>
  );
}

function usePage(pdf: PDFDocumentProxy, number: number): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    let stopped = false;
    let loaded: PDFPageProxy | null = null;
    pdf.getPage(number).then(
      (found) => {
        loaded = found;
        if (!stopped) setPage(found);
      },
      () => undefined,
    );
    return () => {
      stopped = true;
      loaded?.cleanup();
    };
  }, [pdf, number]);
  return page;
}
