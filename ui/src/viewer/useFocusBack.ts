// What closes gives the focus back to where it was when it was opened, unless it has gone elsewhere meanwhile.
import { useEffect } from 'react';

export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // What held the focus is gone by now, and the focus with it.
      const { activeElement } = document;
      const lost = activeElement === null || activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
