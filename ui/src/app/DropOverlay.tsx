// Shown while files are held over the window.
import { Icon } from '../shared/Icon';
import { useApp } from '../state/react';
import './DropOverlay.css';

export function DropOverlay() {
  const hovering = useApp((state) => state.hovering);
  if (!hovering) return null;
  return (
    <div className="drop-overlay" data-testid="drop-overlay">
      <p>
        <Icon name="document" size={30} />
        Let go to open these contracts
      </p>
    </div>
  );
}
