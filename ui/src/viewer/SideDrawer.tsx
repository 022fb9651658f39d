// Beside the pages: the file's outline where it has one, otherwise small pictures of its pages.
import { useState } from 'react';
import { Waiting } from '../shared/Waiting';
import type { Turn } from './coordinates';
import type { OutlineEntry } from './outline';
import { OutlineTree } from './OutlineTree';
import type { Size } from './pageLayout';
import type { PDFDocumentProxy } from './pdf';
import type { RenderQueue } from './renderQueue';
import { Thumbnails } from './Thumbnails';
import { useOutline } from './useOutline';
import './SideDrawer.css';

interface SideDrawerProps {
  pdf: PDFDocumentProxy;
  sizes: Size[];
  turn: Turn;
  queue: RenderQueue;
  /** The page in view, from 1. */
  page: number;
  onPage: (page: number, at: OutlineEntry['at']) => void;
}

type Side = 'outline' | 'pages';

export function SideDrawer({ pdf, sizes, turn, queue, page, onPage }: SideDrawerProps) {
  const outline = useOutline(pdf, true);
  const [chosen, setChosen] = useState<Side | null>(null);
  const hasOutline = outline !== null && outline.length > 0;
  const side: Side = hasOutline ? (chosen ?? 'outline') : 'pages';
  return (
    <section className="drawer" aria-label="Contents" data-testid="drawer" data-side={side}>
      {hasOutline ? (
        <div className="drawer-sides" role="group" aria-label="What is shown of the contents">
          <SideButton side="outline" text="Outline" current={side} onChoose={setChosen} />
          <SideButton side="pages" text="Pages" current={side} onChoose={setChosen} />
        </div>
      ) : (
        <h2 className="drawer-title">Pages</h2>
      )}
      {outline === null ? (
        <p className="drawer-wait">
          <Waiting>The contents are being read</Waiting>
        </p>
      ) : side === 'outline' ? (
        <OutlineTree entries={outline} page={page} onPage={onPage} />
      ) : (
        <Thumbnails pdf={pdf} sizes={sizes} turn={turn} queue={queue} page={page} onPage={onPage} />
      )}
    </section>
  );
}

interface SideButtonProps {
  side: Side;
  text: string;
  current: Side;
  onChoose: (side: Side) => void;
}

function SideButton({ side, text, current, onChoose }: SideButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={side === current}
      data-testid={`drawer-${side}`}
      onClick={() => onChoose(side)}
    >
      {text}
    </button>
  );
}
