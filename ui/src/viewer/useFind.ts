// Finding words in the contract: what is looked for, what was found, and which place is the current one.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { neighbour, positionOf, type FindPlace, type Found } from './findPlaces';
import { patternOf } from './findText';
import { PageTexts } from './pageTexts';
import type { PDFDocumentProxy } from './pdf';
import { searchPages, type SearchState } from './searchPages';
import type { Reveal } from './useReveal';

export interface Find {
  open: boolean;
  words: string;
  /** Null while nothing is looked for. */
  result: SearchState | null;
  current: FindPlace | null;
  /** The number of the current place among all, from 1. */
  position: number;
  /** Changes whenever the field shall take the focus. */
  asked: number;
  texts: PageTexts;
  show: (words: string | null) => void;
  hide: () => void;
  look: (words: string) => void;
  step: (by: 1 | -1) => void;
}

export function useFind(pdf: PDFDocumentProxy, pages: number, pageInView: number, reveal: Reveal): Find {
  const texts = useMemo(() => new PageTexts(pdf), [pdf]);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  const [words, setWords] = useState('');
  const [result, setResult] = useState<SearchState | null>(null);
  const [current, setCurrent] = useState<FindPlace | null>(null);
  const inView = useRef(pageInView);
  useEffect(() => {
    inView.current = pageInView;
  }, [pageInView]);

  const goTo = useCallback(
    (place: FindPlace, found: Found) => {
      const span = found.get(place.page)?.[place.index];
      setCurrent(place);
      if (span) reveal.rect(place.page, texts.rectOf(place.page, span));
    },
    [reveal, texts],
  );

  useEffect(() => {
    const pattern = open ? patternOf(words) : null;
    if (!pattern) return undefined;
    let stopped = false;
    let started = false;
    void searchPages({
      pages,
      first: inView.current,
      look: (page) => texts.find(page, pattern),
      report: (state) => {
        setResult(state);
        const [first] = state.found.keys();
        if (started || first === undefined) return;
        started = true;
        goTo({ page: first, index: 0 }, state.found);
      },
      stopped: () => stopped,
      pause: () => new Promise((wake) => setTimeout(wake, 0)),
      now: () => performance.now(),
    });
    return () => {
      stopped = true;
      setResult(null);
      setCurrent(null);
    };
  }, [open, words, pages, texts, goTo]);

  const step = useCallback(
    (by: 1 | -1) => {
      const next = result && neighbour(result.found, current, by);
      if (next && result) goTo(next, result.found);
    },
    [result, current, goTo],
  );
  const show = useCallback((wanted: string | null) => {
    if (wanted !== null) setWords(wanted);
    setOpen(true);
    setAsked((before) => before + 1);
  }, []);
  const hide = useCallback(() => setOpen(false), []);

  const position = result && current ? positionOf(result.found, current) : 0;
  return { open, words, result, current, position, asked, texts, show, hide, look: setWords, step };
}
