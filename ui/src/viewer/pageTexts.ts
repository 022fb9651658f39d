// The text of the pages, taken from the file page by page without drawing them, and remembered.
import { partOfText, type TextPlace } from './coordinates';
import { findIn, type TextSpan } from './findText';
import { foldText, type TextPiece } from './foldText';
import type { PDFDocumentProxy } from './pdf';
import type { RectView } from '../backend';

type Piece = TextPiece & TextPlace;

interface PageText {
  pieces: Piece[];
  folded: string;
}

export class PageTexts {
  readonly #pdf: PDFDocumentProxy;
  readonly #pages = new Map<number, PageText>();

  constructor(pdf: PDFDocumentProxy) {
    this.#pdf = pdf;
  }

  /** The places of a page at which the words stand: at once where its text is known. */
  find(page: number, pattern: RegExp): TextSpan[] | Promise<TextSpan[]> {
    const known = this.#pages.get(page);
    if (known) return findIn(known.pieces, known.folded, pattern);
    return this.#load(page).then(({ pieces, folded }) => findIn(pieces, folded, pattern));
  }

  /** About where the first line of a place stands; exact across the line only once the page is drawn. */
  rectOf(page: number, { from, to }: TextSpan): RectView {
    const piece = this.#pages.get(page)?.pieces[from.piece];
    if (!piece) return [0, 0, 0, 0];
    const length = Math.max(piece.str.length, 1);
    const end = to.piece === from.piece ? to.offset / length : 1;
    return partOfText(piece, from.offset / length, end);
  }

  async #load(page: number): Promise<PageText> {
    let text: PageText;
    try {
      const proxy = await this.#pdf.getPage(page);
      const { items } = await proxy.getTextContent({ includeMarkedContent: false });
      const pieces = items.flatMap((item): Piece[] => {
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
