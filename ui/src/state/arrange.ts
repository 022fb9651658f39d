// Sorts what the model proposes into groups and categories, found and not found.
import type { CategoryView, FindingView, GroupView, Preferences } from '../backend';

export interface CategoryArrangement {
  category: CategoryView;
  threshold: number;
  /** At or above the threshold, or held to be right by a second model; as they stand in the contract. */
  found: FindingView[];
  /** The best one below the threshold, where nothing was found. */
  nearest: FindingView | null;
}

export interface GroupArrangement {
  title: string;
  /** Its place among the groups, which decides its colour. */
  index: number;
  present: CategoryArrangement[];
  absent: CategoryArrangement[];
  /** Clauses found in all its categories. */
  count: number;
}

export type Thresholds = Preferences['thresholds'];

export function thresholdOf(category: CategoryView, thresholds: Thresholds): number {
  return thresholds[category.name] ?? category.threshold;
}

export function arrange(
  groups: GroupView[],
  findings: FindingView[],
  thresholds: Thresholds,
): GroupArrangement[] {
  const byCategory = groupByCategory(findings);
  return groups.map(({ title, categories }, index) => {
    const arranged = categories.map((category) =>
      arrangeCategory(category, thresholdOf(category, thresholds), byCategory.get(category.name) ?? []),
    );
    const present = arranged.filter(({ found }) => found.length > 0);
    const absent = arranged.filter(({ found }) => found.length === 0);
    return {
      title,
      index,
      present,
      absent,
      count: present.reduce((sum, { found }) => sum + found.length, 0),
    };
  });
}

function groupByCategory(findings: FindingView[]): Map<string, FindingView[]> {
  const groups = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const group = groups.get(finding.category);
    if (group) group.push(finding);
    else groups.set(finding.category, [finding]);
  }
  return groups;
}

/** A second model found the clause too, or it alone did: whatever the first one's threshold, it is shown. */
function isConfirmed({ check }: FindingView): boolean {
  return check !== null && check.state !== 'notConfirmed';
}

function arrangeCategory(
  category: CategoryView,
  threshold: number,
  proposals: FindingView[],
): CategoryArrangement {
  const found = proposals
    .filter((finding) => finding.confidence >= threshold || isConfirmed(finding))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const best = proposals.reduce<FindingView | null>(
    (top, finding) => (top === null || finding.confidence > top.confidence ? finding : top),
    null,
  );
  return { category, threshold, found, nearest: found.length === 0 ? best : null };
}

export interface Narrowing {
  /** Words typed into the filter. */
  filter: string;
  /** Only what a second model did not confirm. */
  doubtfulOnly: boolean;
}

/** Keeps what the words typed into the filter occur in, and of that what is in doubt if that is asked for. */
export function narrow(groups: GroupArrangement[], { filter, doubtfulOnly }: Narrowing): GroupArrangement[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '' && !doubtfulOnly) return groups;
  const has = (text: string | null) => text !== null && text.toLowerCase().includes(wanted);
  return groups
    .map((group) => {
      const present = group.present.flatMap((entry) => {
        const named = has(entry.category.name);
        const found = entry.found.filter(
          (finding) =>
            (named || has(finding.text) || has(finding.answer)) && (!doubtfulOnly || isDoubtful(finding)),
        );
        return found.length > 0 ? [{ ...entry, found }] : [];
      });
      const absent = doubtfulOnly ? [] : group.absent.filter(({ category }) => has(category.name));
      const count = present.reduce((sum, { found }) => sum + found.length, 0);
      return { ...group, present, absent, count };
    })
    .filter(({ present, absent }) => present.length > 0 || absent.length > 0);
}

/** Whether a second model looked at any of them, so that there is something to tell apart. */
export function wereChecked(findings: FindingView[] | undefined): boolean {
  return findings?.some(({ check }) => check !== null) ?? false;
}

/** Whether a second model looked at it and did not confirm it. */
export function isDoubtful({ check }: FindingView): boolean {
  return check?.state === 'notConfirmed';
}

/** The findings in the order in which the list shows them. */
export function inOrder(groups: GroupArrangement[]): FindingView[] {
  return groups.flatMap(({ present }) => present.flatMap(({ found }) => found));
}

/** The finding `step` places after the selected one, going round; the first (or last) where none is selected. */
export function neighbour(order: FindingView[], selected: number | null, step: 1 | -1): FindingView | null {
  if (order.length === 0) return null;
  const at = order.findIndex(({ id }) => id === selected);
  const next = at === -1 ? (step === 1 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
  return order[next] ?? null;
}
