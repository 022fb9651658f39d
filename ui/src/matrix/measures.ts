// The sizes of the grid in pixels. All rows are equally high and all columns equally wide, so places are a matter of arithmetic.
export const ROW = 34;
export const COLUMN = 158;
/** The head: the groups' names, and the categories' in up to three lines. */
export const HEAD = 88;

/** The contracts' names with what stands beside them; the date only where there is room. */
export function nameWidth(viewWidth: number): number {
  if (viewWidth >= 1500) return 508;
  return viewWidth >= 760 ? 420 : 220;
}

/** How many pinned columns stay in place: as many as leave room for two others. */
export function pinsInPlace(viewWidth: number, pinned: number): number {
  const room = Math.floor((viewWidth - nameWidth(viewWidth)) / COLUMN) - 2;
  return Math.max(0, Math.min(pinned, room));
}

/** Which rows and columns are drawn: first and one past the last. */
export interface Drawn {
  rows: [number, number];
  columns: [number, number];
}

export interface Scrolled {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** Drawn ahead of what is seen. */
const AHEAD = { rows: 4, columns: 1 };
/** The first one drawn moves by so many at once: little work in each frame, rather than much in some. */
const STEP = { rows: 2, columns: 1 };

/** `rows` and `columns` are those that scroll; what is pinned is drawn always. */
export function drawn(seen: Scrolled, count: { rows: number; columns: number }): Drawn {
  return {
    rows: stretch(seen.top, seen.height, ROW, count.rows, AHEAD.rows, STEP.rows),
    columns: stretch(seen.left, seen.width, COLUMN, count.columns, AHEAD.columns, STEP.columns),
  };
}

function stretch(
  from: number,
  length: number,
  size: number,
  count: number,
  ahead: number,
  step: number,
): [number, number] {
  const first = Math.max(0, Math.floor(from / size / step) * step - ahead);
  const last = Math.ceil((from + Math.max(0, length)) / size / step) * step + ahead;
  return [Math.min(first, count), Math.min(last, count)];
}

/** How far to scroll so that a stretch is in view; where it is already, not at all. */
export function reveal(scrolled: number, room: number, start: number, size: number): number {
  if (start < scrolled) return start;
  return start + size > scrolled + room ? start + size - room : scrolled;
}

/** The room for the words of a cell, behind its sign and before the number of its clauses. */
export function wordsRoom(severalClauses: boolean): number {
  return COLUMN - (severalClauses ? 66 : 42);
}

/** The room for a contract's name before its figures. */
export function nameRoom(width: number, pinned: boolean): number {
  const figures = width >= 508 ? 242 : width >= 420 ? 146 : 84;
  return width - 26 - figures - (pinned ? 20 : 0);
}
