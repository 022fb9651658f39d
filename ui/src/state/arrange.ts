// Sorts what the model proposes into groups and categories, found and not found.
import type { CategoryView, FindingView, GroupView, Preferences } from '../backend';
import { LIKELY } from '../shared/format';
import type { Show } from './appState';

export interface CategoryArrangement {
  category: CategoryView;
  threshold: number;
  /**
   * At or above the threshold, or held to be right by a second model or the person; as they stand in the contract, those
   * that were rejected last.
   */
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

/** Whether a clause is listed: it is sure enough, or a second model or the person holds it to be one. */
function isListed(finding: FindingView, threshold: number): boolean {
  const { decision, origin } = finding.review;
  return (
    finding.confidence >= threshold || isConfirmed(finding) || decision === 'accepted' || origin !== 'model'
  );
}

export function isRejected({ review }: FindingView): boolean {
  return review.decision === 'rejected';
}

export function isUnreviewed({ review }: FindingView): boolean {
  return review.decision === 'unreviewed';
}

/** The model's confidence alone would not convince anybody. */
export function isUncertain({ confidence }: FindingView): boolean {
  return confidence < LIKELY;
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
    .filter((finding) => isListed(finding, threshold))
    .sort((a, b) => Number(isRejected(a)) - Number(isRejected(b)) || a.start - b.start || a.end - b.end);
  // A passage that was rejected is shown again only where there is no other.
  const [best] = proposals.toSorted(
    (a, b) => Number(isRejected(a)) - Number(isRejected(b)) || b.confidence - a.confidence,
  );
  return { category, threshold, found, nearest: found.length === 0 ? (best ?? null) : null };
}

export interface Narrowing {
  /** Words typed into the filter. */
  filter: string;
  /** Only what a second model did not confirm. */
  doubtfulOnly: boolean;
  /** Which part of the review. */
  show: Show;
  /** Categories of which the person confirmed that there is no clause. */
  confirmed: string[];
}

const WANTED: Record<Show, (finding: FindingView) => boolean> = {
  all: () => true,
  unreviewed: isUnreviewed,
  uncertain: (finding) => isUncertain(finding) && !isRejected(finding),
  missing: () => false,
  rejected: isRejected,
};

/** Whether a clause belongs to what is listed. */
export function isShown(finding: FindingView, show: Show): boolean {
  return WANTED[show](finding);
}

/** Whether a category without a clause does. */
export function isAbsentShown(category: string, show: Show, confirmed: string[]): boolean {
  return show === 'all' || show === 'missing' || (show === 'unreviewed' && !confirmed.includes(category));
}

/** Keeps what the words typed into the filter occur in, and of that what else was asked for. */
export function narrow(
  groups: GroupArrangement[],
  { filter, doubtfulOnly, show, confirmed }: Narrowing,
): GroupArrangement[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '' && !doubtfulOnly && show === 'all') return groups;
  const has = (text: string | null) => text !== null && text.toLowerCase().includes(wanted);
  return groups
    .map((group) => {
      const present = group.present.flatMap((entry) => {
        const named = has(entry.category.name);
        const found = entry.found.filter(
          (finding) =>
            (named || has(finding.text) || has(finding.answer) || has(finding.review.note)) &&
            (!doubtfulOnly || isDoubtful(finding)) &&
            isShown(finding, show),
        );
        return found.length > 0 ? [{ ...entry, found }] : [];
      });
      const absent = doubtfulOnly
        ? []
        : group.absent.filter(
            ({ category }) => has(category.name) && isAbsentShown(category.name, show, confirmed),
          );
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
