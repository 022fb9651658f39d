// Where the pages lie and how they are seen: sizes, turn, zoom, place, and ways to go somewhere.
import { useMemo, useState, type RefObject } from 'react';
import type { DocumentView } from '../backend';
import type { Turn } from './coordinates';
import { stack, type PageLayout, type Size } from './pageLayout';
import type { PDFDocumentProxy } from './pdf';
import { PlaceKeeper } from './placeKeeper';
import { usePageSizes } from './usePageSizes';
import { useReveal, type Reveal } from './useReveal';
import { useScrollPlace, type ScrollPlace } from './useScrollPlace';
import { useTurn, useTurnedSizes } from './useTurn';
import { useViewSize } from './useViewSize';
import { useZoom, type Zoom } from './useZoom';

export interface PagePlaces {
  /** As they are shown, turned. */
  sizes: Size[];
  onSize: (number: number, size: Size) => void;
  turn: Turn;
  rotate: () => void;
  zoom: Zoom;
  layout: PageLayout;
  place: ScrollPlace;
  /** The view has been measured. */
  measured: boolean;
  reveal: Reveal;
}

export function usePagePlaces(
  scroller: RefObject<HTMLDivElement | null>,
  contractKey: number,
  document: DocumentView,
  pdf: PDFDocumentProxy,
): PagePlaces {
  const [keeper] = useState(() => new PlaceKeeper(contractKey));
  const [view, measured] = useViewSize(scroller);
  const [told, onSize] = usePageSizes(document);
  const [turn, rotate] = useTurn(contractKey, scroller, keeper);
  const sizes = useTurnedSizes(told, turn);
  const zoom = useZoom(sizes, view, scroller, keeper);
  const layout = useMemo(() => stack(sizes, zoom.scale), [sizes, zoom.scale]);
  const place = useScrollPlace(scroller, layout, view, keeper);
  const reveal = useReveal(scroller, layout, pdf, turn);
  return { sizes, onSize, turn, rotate, zoom, layout, place, measured, reveal };
}
