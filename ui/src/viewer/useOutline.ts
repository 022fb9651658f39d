// The outline of the file in view; null while it is not known.
import { useEffect, useState } from 'react';
import { readOutline, type OutlineEntry } from './outline';
import type { PDFDocumentProxy } from './pdf';

export function useOutline(pdf: PDFDocumentProxy, wanted: boolean): OutlineEntry[] | null {
  const [outline, setOutline] = useState<OutlineEntry[] | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    let stopped = false;
    readOutline(pdf).then(
      (read) => {
        if (!stopped) setOutline(read);
      },
      () => {
        if (!stopped) setOutline([]);
      },
    );
    return () => {
      stopped = true;
    };
  }, [pdf, wanted]);
  return outline;
}
