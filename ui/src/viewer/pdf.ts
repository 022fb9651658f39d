// pdf.js, set up for files of unknown origin: no scripts, no forms, no links, nothing fetched from elsewhere.
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerAddress;

const own = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).href;

export function loadPdf(bytes: ArrayBuffer, password: string | null): PDFDocumentLoadingTask {
  return getDocument({
    data: new Uint8Array(bytes),
    password: password ?? undefined,
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: own('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: own('standard_fonts'),
    wasmUrl: own('wasm'),
    iccUrl: own('iccs'),
    // The window's own scheme is not open to fetches from a worker everywhere, so the page fetches for it.
    useWorkerFetch: false,
    useSystemFonts: false,
    stopAtErrors: false,
  });
}

export { AnnotationMode, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
export type { PDFDocumentProxy, PDFPageProxy, PageViewport, RenderTask } from 'pdfjs-dist';
