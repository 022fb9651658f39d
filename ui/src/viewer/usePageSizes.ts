// The sizes of the pages in points: as the program gave them, and where pdf.js shows a page otherwise, as pdf.js does.
import { useCallback, useMemo, useState } from 'react';
import type { DocumentView } from '../backend';
import { shownSize } from './coordinates';
import type { Size } from './pageLayout';

type Corrections = Readonly<Record<number, Size>>;

export function usePageSizes({ pages }: DocumentView): [Size[], (number: number, size: Size) => void] {
  const [corrections, setCorrections] = useState<Corrections>({});
  const sizes = useMemo(
    () => pages.map((page, index) => corrections[index + 1] ?? shownSize(page)),
    [pages, corrections],
  );
  const onSize = useCallback(
    (number: number, size: Size) => {
      const page = pages[number - 1];
      if (!page) return;
      const told = shownSize(page);
      if (Math.abs(told.width - size.width) < 0.5 && Math.abs(told.height - size.height) < 0.5) return;
      setCorrections((before) => (before[number] ? before : { ...before, [number]: size }));
    },
    [pages],
  );
  return [sizes, onSize];
}
