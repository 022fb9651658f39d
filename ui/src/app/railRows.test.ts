// The rows of the rail.
import { expect, test } from 'vitest';
import type { QueueStage } from '../backend';
import { contractOf } from '../state/contract';
import { drawnRows, railRows } from './railRows';

const contract = (id: number, stage: QueueStage) =>
  contractOf({
    id,
    path: `/${id}.pdf`,
    fileName: `${id}.pdf`,
    stage,
    message: null,
    opening: null,
    progress: null,
    seconds: null,
  });

test('failures are listed at the end under their heading', () => {
  const rows = railRows([
    contract(1, 'openFailed'),
    contract(2, 'done'),
    contract(3, 'readFailed'),
    contract(4, 'locked'),
  ]);
  const named = rows.map((row) => (row.kind === 'contract' ? [row.contract.key, row.at] : row.count));
  expect(named).toEqual([[2, 1], [4, 2], 2, [1, 3], [3, 4]]);
  expect(railRows([contract(1, 'done')]).map(({ kind }) => kind)).toEqual(['contract']);
});

test('only what is near the view is drawn', () => {
  expect(drawnRows(0, 540, 54, 2000)).toEqual([0, 16]);
  expect(drawnRows(54_000, 540, 54, 2000)).toEqual([994, 1016]);
  expect(drawnRows(1e9, 540, 54, 2000)).toEqual([2000, 2000]);
  expect(drawnRows(0, 540, 54, 3)).toEqual([0, 3]);
});
