// When words are to be selected for a clause, selects the ones that it has, so that the keyboard can go on from them.
import { useEffect } from 'react';
import { useActiveContract, useApp } from '../state/react';

export function useWordSelection(): void {
  const mode = useApp((state) => state.mode);
  const selected = useActiveContract()?.selected ?? null;
  const wanted = mode.kind === 'edit' ? mode.finding : mode.kind === 'find' ? selected : null;
  const active = mode.kind === 'edit' || mode.kind === 'find';

  useEffect(() => {
    if (!active) return undefined;
    let frame = 0;
    const attempt = () => {
      const range = wanted === null ? firstWords() : wordsOf(wanted);
      if (!range) {
        // The page is still being drawn.
        frame = requestAnimationFrame(attempt);
        return;
      }
      document.querySelector<HTMLElement>('.page-scroller')?.focus({ preventScroll: true });
      window.getSelection()?.setBaseAndExtent(...range);
    };
    attempt();
    return () => {
      cancelAnimationFrame(frame);
      window.getSelection()?.removeAllRanges();
    };
  }, [active, wanted]);
}

type Ends = [anchorNode: Node, anchorOffset: number, focusNode: Node, focusOffset: number];

/** The first line of the first page in view. */
function firstWords(): Ends | null {
  const pages = [...document.querySelectorAll<HTMLElement>('[data-page-number][data-text="true"]')];
  const shown = pages.find((page) => page.getBoundingClientRect().bottom > window.innerHeight / 3);
  const text = shown && textNodes(shown)[0];
  return text ? [text, 0, text, text.data.length] : null;
}

/** The characters under the marks of a clause, from the first to the last. */
function wordsOf(finding: number): Ends | null {
  const marks = [...document.querySelectorAll<HTMLElement>(`.mark[data-finding-id="${finding}"]`)];
  const pages = new Set(marks.map((mark) => mark.closest<HTMLElement>('[data-page-number]')));
  const inside: { node: Text; offset: number }[] = [];
  for (const page of pages) {
    if (!page || page.dataset.text !== 'true') return null;
    const boxes = marks.filter((mark) => page.contains(mark)).map((mark) => mark.getBoundingClientRect());
    for (const node of textNodes(page)) inside.push(...charactersIn(node, boxes));
  }
  const first = inside[0];
  const last = inside.at(-1);
  return first && last ? [first.node, first.offset, last.node, last.offset + 1] : null;
}

function textNodes(page: HTMLElement): Text[] {
  const layer = page.querySelector('.textLayer');
  if (!layer) return [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if ((node as Text).data.trim() !== '') nodes.push(node as Text);
  }
  return nodes;
}

function charactersIn(node: Text, boxes: DOMRect[]): { node: Text; offset: number }[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const whole = range.getBoundingClientRect();
  const near = boxes.filter(
    (box) =>
      box.left < whole.right && box.right > whole.left && box.top < whole.bottom && box.bottom > whole.top,
  );
  if (near.length === 0) return [];
  return [...node.data].flatMap((letter, offset) => {
    if (letter.trim() === '') return [];
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    const hit = near.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    return hit ? [{ node, offset }] : [];
  });
}
