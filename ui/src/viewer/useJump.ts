// Goes to the page or the finding that was asked for.
import { useEffect } from 'react';
import type { FindingView } from '../backend';
import { useApp } from '../state/react';
import type { Reveal } from './useReveal';

export function useJump(
  reveal: Reveal,
  /** The view has been measured, so that the layout is the one on the screen. */
  measured: boolean,
  findings: FindingView[] | undefined,
): void {
  const jump = useApp((state) => state.jump);

  useEffect(() => {
    if (!jump || !measured) return;
    if (jump.kind === 'page') {
      reveal.page(jump.page, null);
      return;
    }
    const mark = findings?.find(({ id }) => id === jump.id)?.marks[0];
    if (mark) reveal.rect(mark.page, mark.rect);
    // A jump is made once; what is found later does not repeat it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [jump, reveal, measured]);
}
