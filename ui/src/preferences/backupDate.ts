// When a backup was made, for a person.

export function backupDate(madeAt: number): string {
  return new Date(madeAt).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' });
}
