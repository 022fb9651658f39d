// Goes through the pages of a contract for words, a little at a time, so that the window stays at hand.
import type { TextSpan } from './findText';

export interface Search {
  pages: number;
  /** The page to begin at, from 1; after the last page the first ones follow. */
  first: number;
  /** What is found on a page; its text may have to be fetched first. */
  look: (page: number) => TextSpan[] | Promise<TextSpan[]>;
  /** Tells what is found so far: every so often, and at the end. */
  report: (state: SearchState) => void;
  stopped: () => boolean;
  /** Lets the window do something else. */
  pause: () => Promise<void>;
  now: () => number;
}

export interface SearchState {
  /** By page, only pages on which something was found. */
  found: ReadonlyMap<number, TextSpan[]>;
  total: number;
  /** Pages gone through. */
  done: number;
  ended: boolean;
}

/** Places found at most; nobody goes through more. */
export const MOST = 10_000;
/** Milliseconds between pauses, and between reports. */
const WORK = 12;
const REPORT = 120;

export async function searchPages(search: Search): Promise<void> {
  const { pages, first, look, report, stopped, pause, now } = search;
  const found = new Map<number, TextSpan[]>();
  let total = 0;
  let done = 0;
  let paused = now();
  let reported = now();
  const tell = (ended: boolean) => {
    reported = now();
    report({ found: new Map(found), total, done, ended });
  };
  while (done < pages && total < MOST) {
    const page = ((first - 1 + done) % pages) + 1;
    const looked = look(page);
    const spans = looked instanceof Promise ? await looked : looked;
    if (stopped()) return;
    done += 1;
    // The first place found is gone to at once.
    const isFirst = total === 0 && spans.length > 0;
    if (spans.length > 0) found.set(page, spans);
    total += spans.length;
    if (isFirst || now() - reported > REPORT) tell(false);
    if (now() - paused > WORK) {
      await pause();
      if (stopped()) return;
      paused = now();
    }
  }
  tell(true);
}
