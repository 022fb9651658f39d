// Two panes with a bar between them that is dragged, or moved with the arrow keys. The right pane keeps its width.
import { useRef, useState, type ReactNode } from 'react';
import './SplitPane.css';

interface SplitPaneProps {
  left: ReactNode;
  right: ReactNode;
  label: string;
  /** Where the width is kept between starts. */
  storageKey: string;
  initial: number;
  min: number;
  /** What the left pane keeps at least. */
  minLeft: number;
}

const STEP = 24;

export function SplitPane({ left, right, label, storageKey, initial, min, minLeft }: SplitPaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => Number(localStorage.getItem(storageKey)) || initial);

  const change = (wanted: number) => {
    const room = (frame.current?.clientWidth ?? wanted + minLeft) - minLeft;
    const next = Math.round(Math.max(min, Math.min(wanted, room)));
    setWidth(next);
    localStorage.setItem(storageKey, String(next));
  };
  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>) => {
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const edge = frame.current?.getBoundingClientRect().right ?? 0;
      change(edge - moved.clientX);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('lostpointercapture', () => bar.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    change(width + by);
  };

  return (
    <div className="split" ref={frame}>
      <div className="split-left">{left}</div>
      {/* A separator that can be focused is a control (WAI-ARIA); the lint rule knows only the other kind. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="split-bar"
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={min}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onDoubleClick={() => change(initial)}
      />
      <div className="split-right" style={{ flexBasis: width, minWidth: min }}>
        {right}
      </div>
    </div>
  );
}
