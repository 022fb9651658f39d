// A page of the file, let go when it is shown no longer.
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy, PDFPageProxy } from './pdf';

export function usePage(pdf: PDFDocumentProxy, number: number): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    let stopped = false;
    let loaded: PDFPageProxy | null = null;
    pdf.getPage(number).then(
      (found) => {
        loaded = found;
        if (!stopped) setPage(found);
      },
      () => undefined,
    );
    return () => {
      stopped = true;
      loaded?.cleanup();
    };
  }, [pdf, number]);
  return page;
}
