// One page: its picture, the marks on it and its text.
import { useEffect, useMemo, useRef } from 'react';
import type { RectView } from '../backend';
import type { Turn } from './coordinates';
import { FindMarks } from './FindMarks';
import type { TextSpan } from './findText';
import { MarkLayer } from './MarkLayer';
import type { PageMark } from './marks';
import type { Size } from './pageLayout';
import { viewportOf, type PDFDocumentProxy, type PageViewport } from './pdf';
import type { RenderQueue } from './renderQueue';
import { SelectionMarks } from './SelectionMarks';
import { usePage } from './usePage';
import { usePageCanvas } from './usePageCanvas';
import { useTextLayer } from './useTextLayer';
import './PageSheet.css';

interface PageSheetProps {
  pdf: PDFDocumentProxy;
  number: number;
  top: number;
  size: Size;
  scale: number;
  turn: Turn;
  marks: PageMark[] | undefined;
  selected: number | null;
  /** Places found on the page, and the number of the current one among them. */
  found: TextSpan[] | undefined;
  currentFound: number | null;
  /** What the person has selected on the page. */
  selection: RectView[] | undefined;
  queue: RenderQueue;
  /** Tells where the page's points lie, for clicks on it; null when the page is let go. */
  onViewport: (number: number, viewport: PageViewport | null) => void;
  /** Tells the size in points that the file itself gives the page. */
  onSize: (number: number, size: Size) => void;
}

export function PageSheet(props: PageSheetProps) {
  const { pdf, number, top, size, scale, turn, queue, onViewport, onSize } = props;
  const { marks, selected, found, currentFound, selection } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const canvasHolder = useRef<HTMLDivElement>(null);
  const textHolder = useRef<HTMLDivElement>(null);
  const page = usePage(pdf, number);
  const viewport = useMemo(() => page && viewportOf(page, scale, turn), [page, scale, turn]);
  const drawn = usePageCanvas(canvasHolder, page, scale, turn, queue);
  const pieces = useTextLayer(textHolder, page, turn);

  useEffect(() => {
    onViewport(number, viewport);
    return () => onViewport(number, null);
  }, [onViewport, number, viewport]);

  useEffect(() => {
    if (!page) return;
    const { width, height } = viewportOf(page, 1, 0);
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
      ref={sheet}
      className="page-sheet"
      role="group"
      aria-label={`Page ${number}`}
      data-testid={`page-${number}`}
      data-page-number={number}
      data-rendered={drawn?.scale === scale && drawn.turn === turn}
      data-stale={drawn !== null && drawn.turn !== turn}
      data-text={pieces !== null}
      data-turn={turn}
      style={style as React.CSSProperties}
    >
      <div className="page-canvas" ref={canvasHolder} aria-hidden="true" />
      {viewport && marks && <MarkLayer page={number} viewport={viewport} marks={marks} selected={selected} />}
      {viewport && pieces && found && (
        <FindMarks sheet={sheet} pieces={pieces} spans={found} current={currentFound} viewport={viewport} />
      )}
      {viewport && selection && <SelectionMarks rects={selection} viewport={viewport} />}
      <div className="textLayer" ref={textHolder} />
      {drawn === null && <div className="page-waiting">Page {number} is being drawn</div>}
    </div>
  );
}
