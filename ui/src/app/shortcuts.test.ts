// The table of keys.
import { expect, test } from 'vitest';
import { SHORTCUTS, commandFor } from './shortcuts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('a key gives its command', () => {
  expect(commandFor(press('j'), false)).toBe('next');
  expect(commandFor(press('k'), false)).toBe('previous');
  expect(commandFor(press('?'), false)).toBe('shortcuts');
  expect(commandFor(press(','), false)).toBe('preferences');
  expect([press('J'), press('Z'), press('y'), press('+')].map((key) => commandFor(key, false))).toEqual([
    'nextUnreviewed',
    'redo',
    'redo',
    'add',
  ]);
  expect(commandFor(press('q'), false)).toBeNull();
});

test('keys belong to the field in which a person types, and to the system with Ctrl', () => {
  expect(commandFor(press('e'), true)).toBeNull();
  expect(commandFor(press('o', { ctrlKey: true }), false)).toBeNull();
});

test('no key has two commands', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
