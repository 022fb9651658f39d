// Whether something beside the pages is shown; kept between starts.
import { useCallback, useState } from 'react';

export interface Shown {
  open: boolean;
  toggle: () => void;
}

export function useShown(storageKey: string): Shown {
  const [open, setOpen] = useState(() => localStorage.getItem(storageKey) === 'yes');
  const toggle = useCallback(() => {
    localStorage.setItem(storageKey, open ? 'no' : 'yes');
    setOpen(!open);
  }, [storageKey, open]);
  return { open, toggle };
}
