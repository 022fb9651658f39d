// The zoom in force, and the choices behind it.
import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../shared/Icon';
import type { Zoom, ZoomChoice } from './useZoom';

const CHOICES: { choice: ZoomChoice; text: string; keys?: string }[] = [
  { choice: 'width', text: 'Fit the width', keys: 'Ctrl 0' },
  { choice: 'page', text: 'Fit the page', keys: 'Ctrl 2' },
  { choice: 1, text: 'Actual size', keys: 'Ctrl 1' },
  ...[0.5, 0.75, 1.25, 1.5, 2, 3].map((choice) => ({ choice, text: `${choice * 100} %` })),
];

export function ZoomMenu({ zoom }: { zoom: Zoom }) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const percent = `${Math.round(zoom.factor * 100)} %`;

  useEffect(() => {
    if (!open) return undefined;
    frame.current?.querySelector<HTMLElement>('[aria-checked="true"], [role="menuitemradio"]')?.focus();
    const onPress = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', onPress, true);
    return () => window.removeEventListener('pointerdown', onPress, true);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!open) return;
    const items = [...(frame.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
    else return;
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // The keys are those of the choices inside, gathered in one place.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="zoom-menu" ref={frame} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className="zoom-level"
        aria-label={`Zoom ${percent}`}
        title="Choose the zoom"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        data-testid="zoom-level"
        onClick={() => setOpen(!open)}
      >
        {percent}
        <Icon name="down" size={13} />
      </button>
      {open && (
        <div className="zoom-choices" id={list} role="menu" aria-label="Zoom" data-testid="zoom-choices">
          {CHOICES.map(({ choice, text, keys }) => (
            <button
              key={text}
              type="button"
              role="menuitemradio"
              aria-checked={zoom.choice === choice}
              tabIndex={-1}
              onClick={() => {
                zoom.choose(choice);
                close();
              }}
            >
              <span>{text}</span>
              {keys && <kbd>{keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
