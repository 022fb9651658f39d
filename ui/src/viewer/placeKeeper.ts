// Keeps a point of a page where it is in the view while the pages change their size, and remembers it for each contract.
import { turnPoint } from './coordinates';
import { GAP, leftOf, pageAt, type PageLayout } from './pageLayout';

interface Place {
  page: number;
  /** Shares of the page's width and height. */
  across: number;
  down: number;
  /** Where in the view that point lies; null is the middle. */
  viewX: number | null;
  viewY: number;
}

/** What is scrolled. */
export type Scroller = Pick<HTMLElement, 'scrollLeft' | 'scrollTop' | 'clientWidth' | 'clientHeight'>;

const remembered = new Map<number, Place>();

export class PlaceKeeper {
  readonly #contractKey: number;
  #place: Place;
  #layout: PageLayout | null = null;

  constructor(contractKey: number) {
    this.#contractKey = contractKey;
    this.#place = remembered.get(contractKey) ?? { page: 0, across: 0.5, down: 0, viewX: null, viewY: 0 };
  }

  /** Takes the point at this place of the view (x null: in the middle) as the one to keep. */
  hold(node: Scroller, viewX: number | null, viewY: number): void {
    const layout = this.#layout;
    if (!layout) return;
    const page = pageAt(layout, node.scrollTop + viewY);
    const size = layout.sizes[page] ?? { width: 1, height: 1 };
    const x = node.scrollLeft + (viewX ?? node.clientWidth / 2) - leftOf(layout, page, node.clientWidth);
    const y = node.scrollTop + viewY - (layout.tops[page] ?? 0);
    this.#set({ page, across: x / size.width, down: y / size.height, viewX, viewY });
  }

  /** The point about which buttons and keys zoom: a third down, where a person reads. */
  holdMiddle(node: Scroller): void {
    this.hold(node, null, node.clientHeight / 3);
  }

  /** Brings the page in view to the top. */
  holdPage(node: Scroller): void {
    this.holdMiddle(node);
    this.#set({ ...this.#place, across: 0.5, down: 0, viewX: null, viewY: GAP });
  }

  /** The pages are about to be turned by a quarter clockwise. */
  turn(node: Scroller): void {
    this.holdMiddle(node);
    const [across, down] = turnPoint(this.#place.across, this.#place.down, 90);
    this.#set({ ...this.#place, across, down });
  }

  /** Puts the point back to its place after the layout has changed. */
  restore(node: Scroller, layout: PageLayout): void {
    this.#layout = layout;
    const { page, across, down, viewX, viewY } = this.#place;
    const size = layout.sizes[page] ?? { width: 0, height: 0 };
    node.scrollTop = (layout.tops[page] ?? 0) + down * size.height - viewY;
    node.scrollLeft =
      leftOf(layout, page, node.clientWidth) + across * size.width - (viewX ?? node.clientWidth / 2);
  }

  #set(place: Place): void {
    this.#place = place;
    remembered.set(this.#contractKey, place);
  }
}
