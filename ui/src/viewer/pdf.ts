// pdf.js, set up for files of unknown origin: no scripts, no forms, no links, nothing fetched from elsewhere.
import {
  GlobalWorkerOptions,
  PDFWorker,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  type PageViewport,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Turn } from './coordinates';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

// Where pdf.js looks for its worker when the one begun here does not start.
GlobalWorkerOptions.workerSrc = workerAddress;

const own = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).href;

/** A file on its way into pdf.js. */
export interface LoadingPdf {
  promise: Promise<PDFDocumentProxy>;
  /** Frees the file and the worker that holds it. */
  destroy: () => void;
}

export function loadPdf(bytes: ArrayBuffer, password: string | null): LoadingPdf {
  const frees: (() => void)[] = [];
  let destroyed = false;

  function begin(data: ArrayBuffer, worker: PDFWorker | undefined): Promise<PDFDocumentProxy> {
    const task = getDocument({
      data: new Uint8Array(data),
      worker,
      password: password ?? undefined,
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
    frees.push(() => void task.destroy());
    return task.promise;
  }

  /**
   * pdf.js takes the address of a Tauri window for a foreign one and would start its worker from a detour, so the
   * worker is started here. Where it does not start at all, pdf.js goes its own way.
   */
  async function load(): Promise<PDFDocumentProxy> {
    const port = new Worker(workerAddress, { type: 'module' });
    const worker = PDFWorker.create({ port });
    frees.push(() => {
      worker.destroy();
      port.terminate();
    });
    const broken = new Promise<null>((resolve) => {
      port.addEventListener('error', () => resolve(null), { once: true });
    });
    // The bytes are handed over to the worker, so the detour needs its own.
    const pdf = await Promise.race([begin(bytes.slice(0), worker), broken]);
    if (pdf) return pdf;
    if (destroyed) throw new Error('The contract was closed.');
    return begin(bytes, undefined);
  }

  return {
    promise: load(),
    destroy: () => {
      destroyed = true;
      for (const free of frees) free();
    },
  };
}

/** Where the points of a page lie when it is shown at a scale, turned further than the file says. */
export function viewportOf(page: PDFPageProxy, scale: number, turn: Turn): PageViewport {
  return page.getViewport({ scale, rotation: (page.rotate + turn) % 360 });
}

export { AnnotationMode, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
export type { PDFDocumentProxy, PDFPageProxy, PageViewport, RenderTask } from 'pdfjs-dist';
