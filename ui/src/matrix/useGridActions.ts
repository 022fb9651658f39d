// What keys and presses do in the grid.
import { useRef } from 'react';
import type { MatrixArrangement } from '../state/matrixOrder';
import {
  NOTHING_SELECTED,
  rectangle,
  toggled,
  withCells,
  type GridPlace,
  type MatrixSelection,
} from '../state/matrixSelection';
import { useActions, useAppModel } from '../state/react';
import { moved } from './gridKeys';
import type { Act } from './Mark';

interface GridActionsProps {
  shown: MatrixArrangement;
  place: GridPlace;
  moveTo: (to: GridPlace) => void;
  /** Says where the focus is already. */
  noteAt: (at: GridPlace) => void;
  /** Rows that a page holds. */
  page: number;
}

export function useGridActions({ shown, place, moveTo, noteAt, page }: GridActionsProps) {
  const { store } = useAppModel();
  const { changeMatrix, openCell, sortMatrix, pin, hide } = useActions();
  /** Where a stretch was begun, and what was selected before. */
  const anchor = useRef<{ at: GridPlace; before: MatrixSelection } | null>(null);
  const size = { rows: shown.rows.length, columns: shown.columns.length, page };
  const selection = () => store.getState().matrix.selection;
  const select = (next: MatrixSelection) => changeMatrix({ selection: next });

  const stretchTo = (to: GridPlace) => {
    anchor.current ??= { at: place, before: selection() };
    select(withCells(anchor.current.before, rectangle(shown, anchor.current.at, to)));
  };
  const toggle = (at: GridPlace) => {
    select(toggled(selection(), rectangle(shown, at, at)));
    anchor.current = { at, before: selection() };
  };
  const open = (at: GridPlace) => {
    const row = shown.rows[at.row];
    if (row) openCell(row, shown.columns[at.column]?.category ?? null);
    else if (at.column >= 0) sortMatrix('category', shown.columns[at.column]?.category);
    else sortMatrix('name');
  };
  const act = (what: Act, at: GridPlace) => {
    if (what === 'select') toggle(at);
    else if (at.row >= 0) (what === 'pin' ? pin : hide)('contracts', shown.rows[at.row]?.sha256 ?? '');
    else if (at.column >= 0)
      (what === 'pin' ? pin : hide)('categories', shown.columns[at.column]?.category ?? '');
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey) return;
    const held = event.ctrlKey || event.metaKey;
    const to = moved(event.key, held, place, size);
    const isHead = (place.row === -1) !== (place.column === -1);
    if (to) {
      if (event.shiftKey) stretchTo(to);
      else anchor.current = null;
      moveTo(to);
    } else if (event.key === 'Enter' && !held) open(place);
    else if (event.key === ' ') toggle(place);
    else if (event.key === 'a' && held)
      select(withCells(selection(), rectangle(shown, { row: -1, column: -1 }, place)));
    else if (event.key === 'Escape' && selection().size > 0) select(NOTHING_SELECTED);
    else if (event.key === 'p' && isHead && !held) act('pin', place);
    else if (event.key === 'h' && isHead && !held) act('hide', place);
    else return;
    event.preventDefault();
  };

  const onClick = (event: React.MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const at = placeOf(target);
    if (!at) return;
    const pressed = target?.closest<HTMLElement>('[data-act], [data-sort]')?.dataset;
    if (event.shiftKey) stretchTo(at);
    else if (event.ctrlKey || event.metaKey) toggle(at);
    else if (pressed?.act) act(pressed.act as Act, at);
    else if (pressed?.sort) sortMatrix(pressed.sort as 'name' | 'opened' | 'pages' | 'reviewed');
    else open(at);
    moveTo(at);
  };

  // Shift with a press would mark text from here to there.
  const onMouseDown = (event: React.MouseEvent) => {
    if (event.shiftKey) event.preventDefault();
  };

  // A press and a screen reader give the focus to a cell without a key.
  const onFocus = ({ target }: React.FocusEvent) => {
    const at = placeOf(target);
    if (!at || (at.row === place.row && at.column === place.column)) return;
    anchor.current = null;
    noteAt(at);
  };

  return { onKeyDown, onClick, onMouseDown, onFocus };
}

/** The place of the cell that an element stands in. */
export function placeOf(element: Element | null): GridPlace | null {
  const at = element?.closest<HTMLElement>('[data-at]')?.dataset.at?.split(':').map(Number);
  return at ? { row: at[0] ?? -1, column: at[1] ?? -1 } : null;
}
