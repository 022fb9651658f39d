// A dialog over the window, centred or as a sheet at the right. The browser keeps the focus inside it.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from './IconButton';
import './Dialog.css';

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  sheet?: boolean;
  /** Twice as wide where there is room. */
  wide?: boolean;
  /** Stays below the title while what is under it scrolls. */
  below?: ReactNode;
  testId?: string;
}

export function Dialog({
  title,
  children,
  onClose,
  sheet = false,
  wide = false,
  below,
  testId,
}: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const node = element.current;
    const before = document.activeElement;
    if (node && !node.open) node.showModal();
    node?.querySelector<HTMLElement>('[data-focus-first]')?.focus();
    return () => {
      node?.close();
      // The browser gives the focus back only to a dialog that is still there when it closes.
      const { activeElement } = document;
      const lost =
        activeElement === null || activeElement === document.body || activeElement.matches('dialog');
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  // Escape reaches the dialog as `cancel`; a press on the veil has the dialog itself as its target.
  useEffect(() => {
    const node = element.current;
    const onCancel = (event: Event) => {
      event.preventDefault();
      onClose();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target === node) onClose();
    };
    node?.addEventListener('cancel', onCancel);
    node?.addEventListener('pointerdown', onPress);
    return () => {
      node?.removeEventListener('cancel', onCancel);
      node?.removeEventListener('pointerdown', onPress);
    };
  }, [onClose]);

  return (
    <dialog
      ref={element}
      className={`dialog${sheet ? ' dialog-sheet' : ''}${wide ? ' dialog-wide' : ''}`}
      aria-labelledby={heading}
      data-testid={testId}
    >
      <div className="dialog-frame">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label="Close (Esc)" onClick={onClose} />
        </header>
        {below}
        <div className="dialog-body">{children}</div>
      </div>
    </dialog>
  );
}
