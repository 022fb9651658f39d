// Small pictures of the pages. Only those in sight are drawn, and let go when they leave it.
import { memo, useEffect, useRef } from 'react';
import type { Turn } from './coordinates';
import { drawPage, releaseCanvases } from './drawPage';
import type { Size } from './pageLayout';
import type { PDFDocumentProxy, RenderTask } from './pdf';
import type { RenderQueue } from './renderQueue';
import { useRovingFocus } from './useRovingFocus';
import { useSeenItems } from './useSeenItems';

interface ThumbnailsProps {
  pdf: PDFDocumentProxy;
  sizes: Size[];
  turn: Turn;
  queue: RenderQueue;
  /** The page in view, from 1. */
  page: number;
  onPage: (page: number, at: null) => void;
}

const WIDTH = 116;
/** Turned and very long pages are not drawn higher than this. */
const HEIGHT = 164;

export function Thumbnails({ pdf, sizes, turn, queue, page, onPage }: ThumbnailsProps) {
  const list = useRef<HTMLDivElement>(null);
  const seen = useSeenItems(list, '.thumb', sizes.length);
  const onKeyDown = useRovingFocus();

  useEffect(() => {
    const thumb = list.current?.querySelector(`[data-thumb="${page}"]`);
    thumb?.scrollIntoView({ block: 'nearest' });
  }, [page]);

  return (
    // The keys are those of the pictures inside, gathered in one place.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="drawer-scroll" ref={list} data-testid="thumbnails" onKeyDown={onKeyDown}>
      <div className="thumbs">
        {sizes.map(({ width, height }, index) => (
          <Thumbnail
            key={index + 1}
            pdf={pdf}
            number={index + 1}
            scale={Math.min(WIDTH / width, HEIGHT / height)}
            width={width}
            height={height}
            turn={turn}
            queue={queue}
            seen={seen.has(index + 1)}
            current={index + 1 === page}
            onPage={onPage}
          />
        ))}
      </div>
    </div>
  );
}

interface ThumbnailProps extends Size {
  pdf: PDFDocumentProxy;
  number: number;
  scale: number;
  turn: Turn;
  queue: RenderQueue;
  seen: boolean;
  current: boolean;
  onPage: ThumbnailsProps['onPage'];
}

const Thumbnail = memo(function Thumbnail(props: ThumbnailProps) {
  const { pdf, number, scale, width, height, turn, queue, seen, current, onPage } = props;
  const paper = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const holder = paper.current;
    if (!seen || !holder) return undefined;
    let task: RenderTask | null = null;
    let stopped = false;
    const leave = queue.add(
      number - 1,
      async () => {
        const page = await pdf.getPage(number);
        if (stopped) return;
        const canvas = document.createElement('canvas');
        task = drawPage(page, canvas, { scale, turn });
        await task.promise;
        if (!stopped) holder.replaceChildren(canvas);
      },
      1,
    );
    return () => {
      stopped = true;
      leave();
      task?.cancel();
      releaseCanvases(holder);
      holder.replaceChildren();
    };
  }, [pdf, number, scale, turn, queue, seen]);

  return (
    <button
      type="button"
      className="thumb"
      data-testid="thumbnail"
      data-thumb={number}
      data-item={number}
      data-roving
      tabIndex={current ? 0 : -1}
      aria-label={`Page ${number}`}
      aria-current={current ? 'true' : undefined}
      onClick={() => onPage(number, null)}
    >
      <span className="thumb-paper" ref={paper} style={{ width: width * scale, height: height * scale }} />
      <span>{number}</span>
    </button>
  );
});
