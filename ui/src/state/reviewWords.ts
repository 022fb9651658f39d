// What is said of something that was done in a review.
import type { ReadingView } from '../backend';
import type { Step } from './reviewWriter';

interface Said {
  title: string;
  detail: string | null;
}

/** The category that an action is about. */
function categoryOf(step: Step, { findings }: ReadingView): string {
  if ('category' in step) return step.category;
  const id = 'finding' in step ? step.finding : null;
  return findings.find((finding) => finding.id === id)?.category ?? 'The clause';
}

/** What was done, in a sentence. */
export function saidOf(step: Step, before: ReadingView, after: ReadingView): Said {
  const category = categoryOf(step, before);
  const said = (title: string, detail: string | null = null): Said => ({ title, detail });
  switch (step.kind) {
    case 'accept':
      return said(`${category}: accepted`);
    case 'reject':
      return said(`${category}: rejected`);
    case 'reopen':
      return said(`${category}: to be decided again`);
    case 'note':
      return said(step.text.trim() === '' ? `${category}: note removed` : `${category}: note kept`);
    case 'edit':
      return said(`${category}: accepted with the words that you selected`);
    case 'add':
      return said(`${category}: clause added`);
    case 'confirmAbsent':
      return said(`${category}: confirmed that there is none`);
    case 'reopenAbsent':
      return said(`${category}: to be decided again`);
    case 'undo':
      return before.review.undo === null
        ? said('There is nothing to undo')
        : said('Undone', after.review.redo ?? before.review.undo);
    case 'redo':
      return before.review.redo === null
        ? said('There is nothing to do again')
        : said('Done again', after.review.undo ?? before.review.redo);
  }
}

const FAILURES: Record<Step['kind'], string> = {
  accept: 'The clause could not be accepted',
  reject: 'The clause could not be rejected',
  reopen: 'The decision could not be taken back',
  note: 'The note could not be kept',
  edit: 'The clause could not be changed',
  add: 'The clause could not be added',
  confirmAbsent: 'That there is none could not be kept',
  reopenAbsent: 'The decision could not be taken back',
  undo: 'The last step could not be undone',
  redo: 'The step could not be done again',
};

export function failureOf({ kind }: Step): string {
  return FAILURES[kind];
}
