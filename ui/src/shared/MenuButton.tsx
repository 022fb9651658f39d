// A button that opens a list of things to do, as the ARIA menu button pattern asks for.
import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from './Icon';
import './MenuButton.css';

export interface MenuItem {
  title: string;
  /** What comes of it, in a few words. */
  detail: string;
  testId: string;
  onChoose: () => void;
}

interface MenuButtonProps {
  children: string;
  items: MenuItem[];
  testId: string;
  title: string;
  disabled?: boolean;
}

export function MenuButton({ children, items, testId, title, disabled }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (open) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open]);

  const close = (backToButton: boolean) => {
    setOpen(false);
    if (backToButton) button.current?.focus();
  };
  const go = (to: (at: number, count: number) => number) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    all[(to(at, all.length) + all.length) % all.length]?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') go((at) => at + 1);
    else if (event.key === 'ArrowUp') go((at) => at - 1);
    else if (event.key === 'Home') go(() => 0);
    else if (event.key === 'End') go((_, count) => count - 1);
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className="menu"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="button button-plain"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        title={title}
        disabled={disabled}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
        <Icon name="down" size={15} />
      </button>
      {open && (
        <div
          className="menu-list"
          role="menu"
          tabIndex={-1}
          id={id}
          aria-label={title}
          ref={list}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              key={item.title}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="menu-item"
              data-testid={item.testId}
              onClick={() => {
                close(true);
                item.onChoose();
              }}
            >
              <span className="menu-title">{item.title}</span>
              <span className="menu-detail">{item.detail}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
