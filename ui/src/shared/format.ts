// Numbers as a person would say them.

/** "about 40 seconds", "about 3 minutes". */
export function roughDuration(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} seconds`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour' : `about ${hours} hours`;
}

/** "3.4 seconds", "2 min 5 s". */
export function exactDuration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} seconds`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A foreseen time in few letters: "about 0.4 s", "about 12 s", "about 3 min". */
export function briefDuration(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  if (seconds < 9.5) return `about ${seconds < 2.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  return `about ${Math.round(seconds / 60)} min`;
}

/** "120 MB", "1.2 GB". */
export function megabytes(number: number): string {
  return number < 1000 ? `${Math.round(number)} MB` : `${(number / 1000).toFixed(1)} GB`;
}

/** Bytes: "12 MB", "1.2 GB". */
export function bytes(number: number): string {
  return megabytes(number / 1e6);
}

/** A large number in words: "82 million", "1.5 billion". */
export function millions(number: number): string {
  if (number < 999.5e6) return `${Math.max(1, Math.round(number / 1e6))} million`;
  return `${(number / 1e9).toFixed(1)} billion`;
}

/** A share from 0 to 1: "93 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "1 clause", "3 clauses". */
export function counted(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

export type ConfidenceWord = 'very likely' | 'likely' | 'uncertain' | 'unlikely';

/** Below it a clause is at best uncertain. */
export const LIKELY = 0.65;

export function confidenceWord(confidence: number): ConfidenceWord {
  if (confidence >= 0.9) return 'very likely';
  if (confidence >= LIKELY) return 'likely';
  return confidence >= 0.35 ? 'uncertain' : 'unlikely';
}

/** "58, 61 and 64". */
export function listed(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const WRITTEN_DAY = /^(\d{1,2} [A-Z][a-z]{2})[a-z]* (\d{4})$/;
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A short answer as a person says it: "2019-03-14" is "14 March 2019", anything else is itself. */
export function answerInWords(answer: string): string {
  const day = ISO_DAY.test(answer) ? Date.parse(answer) : NaN;
  // Where there is no such day, it is read as one of the next month.
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(answer);
  return isDay ? DAY.format(day) : answer;
}

/** The same where there is little room: "14 Mar 2019". */
export function answerInBrief(answer: string): string {
  return answerInWords(answer).replace(WRITTEN_DAY, '$1 $2');
}
