// Shortens a text to the room that there is, with "…" behind it.
//
// The browser does that too (`text-overflow`), but has to clip each cell for it and to shape all of a long text, which is
// most of the work of drawing a row.

/** The width of a character in pixels. */
export type Widths = (character: string) => number;

export function shortened(text: string, room: number, widthOf: Widths): string {
  let width = 0;
  let fits = 0;
  const dots = widthOf('…');
  for (const character of text) {
    width += widthOf(character);
    if (width > room) return `${text.slice(0, fits).trimEnd()}…`;
    if (width + dots <= room) fits += character.length;
  }
  return text;
}

/** The same in the letters of the grid. */
export function fitted(text: string, room: number): string {
  let known = kept.get(room);
  if (!known) kept.set(room, (known = new Map()));
  let short = known.get(text);
  if (short === undefined) {
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, (short = shortened(text, room, widthInGrid)));
  }
  return short;
}

/** What was shortened, by the room. */
const kept = new Map<number, Map<string, string>>();
const MOST_KEPT = 20_000;

const widths = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null = null;

function widthInGrid(character: string): number {
  let width = widths.get(character);
  if (width === undefined) {
    canvas ??= gridCanvas();
    width = canvas?.measureText(character).width ?? 7;
    widths.set(character, width);
  }
  return width;
}

function gridCanvas(): CanvasRenderingContext2D | null {
  const context = document.createElement('canvas').getContext('2d');
  const grid = document.querySelector('.matrix-grid') ?? document.body;
  const { fontSize, fontFamily } = getComputedStyle(grid);
  // The names are a little bolder than the answers.
  if (context) context.font = `500 ${fontSize} ${fontFamily}`;
  return context;
}
