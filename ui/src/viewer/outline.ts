// The outline that a PDF may have: its headings and the pages on which they stand.
import type { PDFDocumentProxy } from './pdf';

export interface OutlineEntry {
  /** Its place in the outline: "0", "0.3". */
  id: string;
  title: string;
  /** Null where it leads nowhere in this file. */
  page: number | null;
  /** Where on the page, in PDF user space, if it says so. */
  at: { x: number; y: number } | null;
  children: OutlineEntry[];
}

type File = Pick<PDFDocumentProxy, 'getOutline' | 'getDestination' | 'getPageIndex'>;
type Node = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

/** Deeper headings than this are of no use, and a file of unknown origin may nest them without end. */
const DEPTH = 8;
const MOST = 5000;

/** The outline, or nothing where the file has none. */
export async function readOutline(pdf: File): Promise<OutlineEntry[]> {
  let left = MOST;
  async function read(nodes: Node[], prefix: string, depth: number): Promise<OutlineEntry[]> {
    const entries: OutlineEntry[] = [];
    for (const [index, node] of nodes.entries()) {
      if ((left -= 1) < 0) break;
      const id = `${prefix}${index}`;
      const target = await targetOf(pdf, node.dest);
      const children = depth < DEPTH ? await read((node.items ?? []) as Node[], `${id}.`, depth + 1) : [];
      entries.push({ id, title: titleOf(node.title), ...target, children });
    }
    return entries;
  }
  const nodes = (await pdf.getOutline().catch(() => null)) as Node[] | null;
  return read(nodes ?? [], '', 1);
}

function titleOf(title: string): string {
  return title.replaceAll(/\s+/gu, ' ').trim() || 'Without a title';
}

type Target = Pick<OutlineEntry, 'page' | 'at'>;

async function targetOf(pdf: File, dest: Node['dest']): Promise<Target> {
  try {
    const explicit = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    const [page, kind, x, y] = (explicit ?? []) as unknown[];
    if (page === undefined || page === null) return { page: null, at: null };
    const index = typeof page === 'number' ? page : await pdf.getPageIndex(page as never);
    return { page: index + 1, at: placeOf(kind, x, y) };
  } catch {
    return { page: null, at: null };
  }
}

/** Only these two ways of leading to a page say at which height. */
function placeOf(kind: unknown, first: unknown, second: unknown): OutlineEntry['at'] {
  const name = (kind as { name?: string } | undefined)?.name;
  if (name === 'XYZ' && typeof second === 'number')
    return { x: typeof first === 'number' ? first : 0, y: second };
  return (name === 'FitH' || name === 'FitBH') && typeof first === 'number' ? { x: 0, y: first } : null;
}

/** The last entry that begins on the page in view or before it. */
export function entryAt(entries: OutlineEntry[], page: number): string | null {
  let best: { id: string; page: number } | null = null;
  const visit = (entry: OutlineEntry) => {
    if (entry.page !== null && entry.page <= page && entry.page >= (best?.page ?? 0))
      best = { id: entry.id, page: entry.page };
    entry.children.forEach(visit);
  };
  entries.forEach(visit);
  return (best as { id: string } | null)?.id ?? null;
}
