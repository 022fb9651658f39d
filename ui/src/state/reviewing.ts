// The review of a contract: decisions, notes, other words, clauses that were missed, and going on to what is left.
import type { Backend, FindingView, MarkView, ReadingView, ReviewAction, SelectedView } from '../backend';
import { NO_MODE, activeContract, changeContract, type AppStore, type Toast } from './appState';
import { arrange, narrow, wereChecked, type GroupArrangement } from './arrange';
import type { Contract } from './contract';
import { nextOpen, nextPlace, placesOf, type Place } from './progress';
import { createReviewWriter, type Sent } from './reviewWriter';
import { failureOf, saidOf } from './reviewWords';

export interface Reviewer {
  /** Selects a finding and, unless it was clicked where it stands, goes there. */
  select(id: number | null, go: boolean): void;
  /** Goes to a category without a clause, and shows the passage that comes nearest to one. */
  visitAbsent(category: string, go: boolean): void;
  /** The next or previous clause of the list. */
  step(by: 1 | -1): void;
  /** The next or previous one that is left to decide, clause or category. */
  stepUnreviewed(by: 1 | -1): void;
  /** Decides about a clause, or about the one that is selected, and goes on to the next that is left. */
  decide(decision: 'accept' | 'reject', finding?: number): void;
  reopen(finding?: number): void;
  /** Confirms that there is no clause of a category, or of the one at which the person is. */
  confirmAbsent(category?: string): void;
  reopenAbsent(category: string): void;
  startNote(finding?: number): void;
  saveNote(finding: number, text: string): void;
  /** Lets the person select other words for a clause. */
  startEdit(finding?: number): void;
  /** Takes the words that are selected. */
  takeWords(): void;
  /** Asks for the category of the words that are selected, or first lets the person select some. */
  startAdd(): void;
  addClause(category: string): void;
  /** Leaves a note, an edit or an addition as it was. */
  leaveMode(): void;
  undo(key?: number): void;
  redo(): void;
}

export function createReviewer(
  store: AppStore,
  backend: Backend,
  tell: (toast: Omit<Toast, 'id'>) => void,
): Reviewer {
  const writer = createReviewWriter(store, backend, { done, failed });
  const active = () => activeContract(store.getState());

  function done({ key, step }: Sent, before: ReadingView, answer: ReadingView): void {
    const { title, detail } = saidOf(step, before, answer);
    const undone = step.kind === 'undo' || step.kind === 'redo';
    tell({ kind: undone ? 'plain' : 'good', about: 'review', title, detail, undo: undone ? undefined : key });
    if (step.kind === 'add') selectNew(key, before, answer);
    else if (undone) selectChanged(key, before, answer);
  }

  function failed({ key, step }: Sent, message: string): void {
    tell({ kind: 'bad', title: failureOf(step), detail: message });
    // Back to what was not decided after all.
    if ('finding' in step) changeContract(store, key, { selected: step.finding, absent: null });
    if (step.kind === 'confirmAbsent') visit(key, step.category);
  }

  // What was begun on one contract is not gone on with on another.
  store.subscribe((state, before) => {
    if (state.activeKey !== before.activeKey && state.mode.kind !== 'none') store.setState({ mode: NO_MODE });
  });

  function groupsOf(contract: Contract): GroupArrangement[] {
    const { info, preferences } = store.getState();
    if (!info || !contract.reading) return [];
    return arrange(info.groups, contract.reading.findings, preferences.thresholds);
  }

  function confirmedIn({ reading }: Contract): string[] {
    return reading?.review.confirmedAbsent ?? [];
  }

  /** The places that the list shows. */
  function shownPlaces(contract: Contract): Place[] {
    const { filter, doubtfulOnly, foundOnly, show } = store.getState();
    const confirmed = confirmedIn(contract);
    const narrowed = narrow(groupsOf(contract), {
      filter,
      doubtfulOnly: doubtfulOnly && wereChecked(contract.reading?.findings),
      show,
      confirmed,
    });
    return placesOf(narrowed, confirmed).filter(
      ({ kind }) => kind === 'clause' || show === 'missing' || !foundOnly,
    );
  }

  function select(id: number | null, go: boolean): void {
    const contract = active();
    if (!contract) return;
    const absent =
      id === null
        ? undefined
        : groupsOf(contract)
            .flatMap((group) => group.absent)
            .find(({ nearest }) => nearest?.id === id);
    changeContract(store, contract.key, { selected: id, absent: absent?.category.name ?? null });
    if (go && id !== null) store.setState({ jump: { kind: 'finding', id } });
  }

  function visit(key: number, category: string): FindingView | null {
    const contract = store.getState().contracts.find((candidate) => candidate.key === key);
    if (!contract) return null;
    const nearest = groupsOf(contract)
      .flatMap((group) => group.absent)
      .find((entry) => entry.category.name === category)?.nearest;
    changeContract(store, key, { selected: nearest?.id ?? null, absent: category });
    return nearest ?? null;
  }

  function visitAbsent(category: string, go: boolean): void {
    const contract = active();
    if (!contract || (contract.absent === category && !go)) return;
    const nearest = visit(contract.key, category);
    if (go && nearest) store.setState({ jump: { kind: 'finding', id: nearest.id } });
  }

  function goTo(place: Place | null): void {
    if (place?.kind === 'clause') select(place.id, true);
    else if (place) visitAbsent(place.category, true);
  }

  function selectNew(key: number, before: ReadingView, { findings }: ReadingView): void {
    const known = new Set(before.findings.map(({ id }) => id));
    const fresh = findings.find(({ id }) => !known.has(id));
    if (fresh) changeContract(store, key, { selected: fresh.id, absent: null });
  }

  /** After a step back or forth, shows what it changed. */
  function selectChanged(key: number, before: ReadingView, { findings, review }: ReadingView): void {
    const known = new Map(before.findings.map((finding) => [finding.id, finding]));
    const changed = findings.find((finding) => {
      const was = known.get(finding.id);
      return (
        !was || was.text !== finding.text || JSON.stringify(was.review) !== JSON.stringify(finding.review)
      );
    });
    const was = before.review.confirmedAbsent;
    const now = review.confirmedAbsent;
    const category = was.find((name) => !now.includes(name)) ?? now.find((name) => !was.includes(name));
    if (changed && key === store.getState().activeKey) select(changed.id, true);
    else if (category !== undefined) visit(key, category);
  }

  /** The finding meant: the one given, or the one that is selected. */
  function meant(finding?: number): FindingView | null {
    const contract = active();
    const id = finding ?? contract?.selected;
    return contract?.reading?.findings.find((candidate) => candidate.id === id) ?? null;
  }

  function send(action: ReviewAction): void {
    const contract = active();
    if (contract) writer.send(contract.key, action);
  }

  /** Sends a decision and goes on to the next place that is left. */
  function sendAndGoOn(action: ReviewAction): void {
    const contract = active();
    if (!contract) return;
    const next = nextOpen(shownPlaces(contract), contract);
    writer.send(contract.key, action);
    if (next) goTo(next);
    else if ('finding' in action) changeContract(store, contract.key, { absent: null });
  }

  function decide(decision: 'accept' | 'reject', finding?: number): void {
    const clause = meant(finding);
    if (!clause) return;
    const { key, selected, absent } = active() ?? {};
    if (finding !== undefined && finding !== selected) {
      // A button on another card decides about that one and leaves the person where they are.
      send({ kind: decision, finding: clause.id });
    } else if (decision === 'reject' && key !== undefined && typeof absent === 'string') {
      // That the nearest passage is none does not yet say that there is no clause.
      send({ kind: decision, finding: clause.id });
      visit(key, absent);
    } else sendAndGoOn({ kind: decision, finding: clause.id });
  }

  function enter(finding: number | undefined, kind: 'note' | 'edit'): void {
    const clause = meant(finding);
    if (!clause) return;
    if (clause.id !== active()?.selected) select(clause.id, true);
    else if (kind === 'edit') store.setState({ jump: { kind: 'finding', id: clause.id } });
    store.setState({ mode: { kind, finding: clause.id } });
  }

  function selection(): NonNullable<ReturnType<typeof store.getState>['selection']> {
    return (store.getState().selection ?? []).filter(({ rects }) => rects.length > 0);
  }

  return {
    select,
    visitAbsent,
    step(by) {
      const contract = active();
      if (!contract) return;
      // Categories without a clause are gone through where they are what is asked for.
      const { show } = store.getState();
      const all = show === 'missing' || show === 'unreviewed';
      goTo(nextPlace(shownPlaces(contract), contract, by, ({ kind }) => all || kind === 'clause'));
    },
    stepUnreviewed(by) {
      const contract = active();
      if (contract) goTo(nextPlace(shownPlaces(contract), contract, by, ({ open }) => open));
    },
    decide,
    reopen(finding) {
      const { absent } = active() ?? {};
      const clause = meant(finding);
      if (finding === undefined && absent) send({ kind: 'reopenAbsent', category: absent });
      else if (clause && clause.review.decision !== 'unreviewed')
        send({ kind: 'reopen', finding: clause.id });
    },
    confirmAbsent(category) {
      const contract = active();
      const name = category ?? contract?.absent;
      if (!contract || !name || confirmedIn(contract).includes(name)) return;
      sendAndGoOn({ kind: 'confirmAbsent', category: name });
    },
    reopenAbsent: (category) => send({ kind: 'reopenAbsent', category }),
    startNote: (finding) => enter(finding, 'note'),
    saveNote(finding, text) {
      store.setState({ mode: NO_MODE });
      const clause = meant(finding);
      if (clause && text.trim() !== (clause.review.note ?? '')) send({ kind: 'note', finding, text });
    },
    startEdit: (finding) => enter(finding, 'edit'),
    takeWords() {
      const { mode } = store.getState();
      const selected = selection();
      if (selected.length === 0) return;
      if (mode.kind === 'find') store.setState({ mode: { kind: 'add', selected } });
      if (mode.kind !== 'edit') return;
      store.setState({ mode: NO_MODE, selection: null });
      const { finding } = mode;
      const same = sameWords(selected, meant(finding)?.marks ?? []);
      send(same ? { kind: 'accept', finding } : { kind: 'edit', finding, selected });
    },
    startAdd() {
      if (!active()?.reading) return;
      const selected = selection();
      store.setState({ mode: selected.length > 0 ? { kind: 'add', selected } : { kind: 'find' } });
    },
    addClause(category) {
      const { mode } = store.getState();
      if (mode.kind !== 'add') return;
      store.setState({ mode: NO_MODE, selection: null });
      send({ kind: 'add', category, selected: mode.selected });
    },
    leaveMode() {
      // The words that were selected for it are not those of whatever comes next.
      const { kind } = store.getState().mode;
      const forWords = kind === 'edit' || kind === 'find';
      store.setState(forWords ? { mode: NO_MODE, selection: null } : { mode: NO_MODE });
    },
    undo(key) {
      const contract =
        key === undefined ? active() : store.getState().contracts.find((one) => one.key === key);
      if (contract) writer.send(contract.key, { kind: 'undo' });
    },
    redo() {
      const contract = active();
      if (contract) writer.send(contract.key, { kind: 'redo' });
    },
  };
}

/** Points by which two rectangles of the same words may differ. */
const SLACK = 2;

/** Whether the words that are selected are those that are marked. */
export function sameWords(selected: SelectedView[], marks: MarkView[]): boolean {
  const rects = selected.flatMap(({ page, rects: lines }) => lines.map((rect) => ({ page, rect })));
  return (
    rects.length === marks.length &&
    rects.every(({ page, rect }) =>
      marks.some(
        (mark) =>
          mark.page === page &&
          Math.abs(mark.rect[0] - rect[0]) < SLACK &&
          Math.abs(mark.rect[2] - rect[2]) < SLACK &&
          mark.rect[1] < rect[3] &&
          rect[1] < mark.rect[3],
      ),
    )
  );
}
