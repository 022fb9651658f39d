// What the person's own questions must be like; the program holds them to the same.
import type { GroupView, OwnQuestion, Preferences } from '../backend';

export const MAX_NAME = 80;
export const MAX_QUESTION = 500;
export const MAX_COUNT = 100;

export interface QuestionFault {
  field: 'name' | 'question';
  message: string;
}

/** Why a question cannot be kept beside the others; null if it can. */
export function faultOf(
  { name, question }: OwnQuestion,
  others: OwnQuestion[],
  groups: GroupView[],
): QuestionFault | null {
  const called = name.trim().toLowerCase();
  if (called === '')
    return { field: 'name', message: 'Give the question a name, such as “Data protection”.' };
  if (others.some((other) => other.name.toLowerCase() === called))
    return { field: 'name', message: 'Another question of your own has this name.' };
  const theirs = groups.flatMap(({ categories }) => categories);
  if (theirs.some((category) => category.name.toLowerCase() === called))
    return { field: 'name', message: 'Proviso already looks for a category of this name.' };
  if (question.trim() === '')
    return { field: 'question', message: 'Write what is to be asked of the contract.' };
  return null;
}

/** The categories that are not the person's own. */
export function withoutOwn(groups: GroupView[], questions: OwnQuestion[]): GroupView[] {
  const own = new Set(questions.map(({ name }) => name));
  return groups.map((group) => ({
    ...group,
    categories: group.categories.filter(({ name }) => !own.has(name)),
  }));
}

/** The thresholds when a category is called otherwise or, with null, is gone. */
export function renamed(
  thresholds: Preferences['thresholds'],
  from: string,
  to: string | null,
): Preferences['thresholds'] {
  const entries = Object.entries(thresholds).map(([name, value]) => [name === from ? to : name, value]);
  return Object.fromEntries(entries.filter(([name]) => name !== null));
}
