// Loads the file in view into pdf.js, and lets go of it when another one is shown.
import { useEffect, useState } from 'react';
import { toErrorView } from '../backend';
import { useAppModel } from '../state/react';
import { loadPdf, type PDFDocumentProxy } from './pdf';

export interface LoadedPdf {
  pdf: PDFDocumentProxy | null;
  /** Why the pages cannot be shown. */
  fault: string | null;
}

const NOTHING: LoadedPdf = { pdf: null, fault: null };

export function usePdf(documentId: number, password: string | null): LoadedPdf {
  const { backend } = useAppModel();
  const [loaded, setLoaded] = useState({ documentId, ...NOTHING });

  useEffect(() => {
    let stopped = false;
    let task: ReturnType<typeof loadPdf> | null = null;
    async function load(): Promise<void> {
      try {
        const bytes = await backend.documentBytes(documentId);
        if (stopped) return;
        task = loadPdf(bytes, password);
        const pdf = await task.promise;
        if (!stopped) setLoaded({ documentId, pdf, fault: null });
      } catch (reason) {
        if (!stopped) setLoaded({ documentId, pdf: null, fault: toErrorView(reason).message });
      }
    }
    void load();
    return () => {
      stopped = true;
      task?.destroy();
    };
  }, [backend, documentId, password]);

  return loaded.documentId === documentId ? loaded : NOTHING;
}
