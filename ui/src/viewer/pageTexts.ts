// The text of the pages, taken from the file page by page without drawing them, and remembered.
import { partOfText } from './coordinates';
import { findAcross } from './findAcross';
import { findIn, type TextSpan } from './findText';
import { foldText } from './foldText';
import type { PlacedPiece } from './pageMargins';
import type { PDFDocumentProxy } from './pdf';
import type { RectView } from '../backend';

interface PageText {
  pieces: PlacedPiece[];
  folded: string;
}

export class PageTexts {
  readonly #pdf: PDFDocumentProxy;
  readonly #pages = new Map<number, PageText>();

  constructor(pdf: PDFDocumentProxy) {
    this.#pdf = pdf;
  }

  /**
   * The places of a page at which the words stand, with the one that goes on at the next page: at once where the texts are
   * known.
   */
  find(page: number, pattern: RegExp): TextSpan[] | Promise<TextSpan[]> {
    // The page behind the next tells what the next one's header is, where this one has none.
    const wanted = [page, page + 1, page + 2].filter((number) => number <= this.#pdf.numPages);
    const known = wanted.flatMap((number) => this.#pages.get(number) ?? []);
    if (known.length === wanted.length) return found(known, pattern);
    return this.#loadAll(wanted).then((texts) => found(texts, pattern));
  }

  /** About where the first line of a place stands; exact across the line only once the page is drawn. */
  rectOf(page: number, { from, to }: TextSpan): RectView {
    const piece = this.#pages.get(page)?.pieces[from.piece];
    if (!piece) return [0, 0, 0, 0];
    const length = Math.max(piece.str.length, 1);
    const end = to.piece === from.piece ? to.offset / length : 1;
    return partOfText(piece, from.offset / length, end);
  }

  async #loadAll(pages: number[]): Promise<PageText[]> {
    const texts: PageText[] = [];
    for (const page of pages) texts.push(this.#pages.get(page) ?? (await this.#load(page)));
    return texts;
  }

  async #load(page: number): Promise<PageText> {
    let text: PageText;
    try {
      const proxy = await this.#pdf.getPage(page);
      const { items } = await proxy.getTextContent({ includeMarkedContent: false });
      const pieces = items.flatMap((item): PlacedPiece[] => {
        if (!('str' in item)) return [];
        const { str, hasEOL, transform, width, height } = item;
        return [{ str, hasEOL, transform: transform as number[], width, height }];
      });
      text = { pieces, folded: foldText(pieces).text };
    } catch {
      // A page that cannot be read holds nothing to find; that it cannot be read is said elsewhere.
      text = { pieces: [], folded: '' };
    }
    this.#pages.set(page, text);
    return text;
  }
}

function found([own, ...after]: PageText[], pattern: RegExp): TextSpan[] {
  if (!own) return [];
  const spans = findIn(own.pieces, own.folded, pattern);
  const across = findAcross(
    own.pieces,
    after.map(({ pieces }) => pieces),
    pattern,
  );
  return across ? [...spans, across] : spans;
}
