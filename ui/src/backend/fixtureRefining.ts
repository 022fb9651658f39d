// What a second model says of the findings of a fixture contract, and the answers to the person's own questions.
import type { CheckState, CheckView, FindingView, OwnQuestion, RefineProgress } from './types';

/** What the second model says of a category's first finding. */
const OPINIONS: Partial<Record<string, Omit<CheckView, 'model'>>> = {
  'Competitive Restriction Exception': { state: 'confirmed', confidence: 0.93 },
  'IP Ownership Assignment': { state: 'confirmed', confidence: 0.81 },
  'Uncapped Liability': { state: 'notConfirmed', confidence: 0.12 },
};
/** The finding that the second model adds lies here: it takes the place of one that was too uncertain to be listed. */
const ADDED = { category: 'No-Solicit of Employees', confidence: 0.88 };

export interface Refined {
  /** The checks in the order in which they come. */
  checks: { id: number; check: CheckView }[];
  findings: FindingView[];
}

export function refine(findings: FindingView[], model: string): Refined {
  const checks = findings.flatMap(({ id, category }) => {
    const opinion = OPINIONS[category];
    return opinion ? [{ id, check: { ...opinion, model } }] : [];
  });
  const checked = findings.map((finding) => {
    if (finding.category === ADDED.category) {
      const state: CheckState = 'added';
      return { ...finding, confidence: ADDED.confidence, check: { ...ADDED, state, model } };
    }
    return { ...finding, check: checks.find(({ id }) => id === finding.id)?.check ?? null };
  });
  return { checks, findings: checked };
}

/** Tells the checks one by one, as a model that takes its time over each would. */
export function refineSteps({ checks }: Refined): RefineProgress[] {
  const total = 40;
  const steps = [0, 8, 12, 27, total];
  return steps.map((done, index) => ({
    done,
    total,
    secondsLeft: index === 0 ? null : ((total - done) / total) * 257,
    checks: checks.slice(index - 1, index === 0 ? 0 : index),
  }));
}

/** Answers each question with the clause that shares most words with it, if one does. */
export function answerOwn(findings: FindingView[], questions: OwnQuestion[]): FindingView[] {
  const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[a-z]{4,}/g));
  const shared = (words: Set<string>, text: string) =>
    [...wordsOf(text)].filter((word) => words.has(word)).length;
  return questions.flatMap(({ name, question }, index) => {
    const words = wordsOf(question);
    const [best] = findings
      .map((finding) => ({ finding, score: shared(words, finding.text) }))
      .sort((a, b) => b.score - a.score);
    if (!best || best.score === 0) return [];
    const id = findings.length + index;
    return [
      { ...best.finding, id, category: name, answer: null, answerBasis: null, confidence: 0.66, check: null },
    ];
  });
}
