// What the rail lists: the contracts in the order of the queue, those that failed at the end under a heading of their own.
import { hasFailed, type Contract } from '../state/contract';

export type RailRow =
  { kind: 'contract'; contract: Contract; at: number } | { kind: 'failures'; count: number };

export function railRows(contracts: Contract[]): RailRow[] {
  const going = contracts.filter((contract) => !hasFailed(contract));
  const failed = contracts.filter(hasFailed);
  const row =
    (from: number) =>
    (contract: Contract, index: number): RailRow => ({ kind: 'contract', contract, at: from + index });
  const heading: RailRow[] = failed.length > 0 ? [{ kind: 'failures', count: failed.length }] : [];
  return [...going.map(row(1)), ...heading, ...failed.map(row(going.length + 1))];
}

/** Pixels of a row in the rail, and of a contract in the strip that takes its place in a narrow window. */
export const ROW = 54;
export const STRIP = 216;
/** Rows that are drawn beyond what is in view. */
const BEYOND = 6;

/** The first row that is drawn, and the one after the last. */
export function drawnRows(scrolled: number, length: number, size: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / size) - BEYOND);
  return [Math.min(first, count), Math.min(count, Math.ceil((scrolled + length) / size) + BEYOND)];
}
