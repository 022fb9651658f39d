// Numbers as sentences.
import { expect, test } from 'vitest';
import {
  answerInBrief,
  answerInWords,
  briefDuration,
  bytes,
  confidenceWord,
  counted,
  exactDuration,
  listed,
  megabytes,
  millions,
  percent,
  roughDuration,
} from './format';

test('times are rough while they are guesses and exact afterwards', () => {
  expect([2, 12, 50, 61, 150, 3500, 9000].map(roughDuration)).toEqual([
    'a few seconds',
    'about 15 seconds',
    'about 50 seconds',
    'about a minute',
    'about 3 minutes',
    'about 58 minutes',
    'about 3 hours',
  ]);
  expect([0.02, 0.37, 4.21, 31.6, 150].map(briefDuration)).toEqual([
    'under 0.1 s',
    'about 0.4 s',
    'about 4 s',
    'about 32 s',
    'about 3 min',
  ]);
  expect([3.42, 48.2, 125].map(exactDuration)).toEqual(['3.4 seconds', '48 seconds', '2 min 5 s']);
});

test('words go with numbers', () => {
  expect(counted(1, 'clause', 'clauses')).toBe('1 clause');
  expect(counted(0, 'clause', 'clauses')).toBe('0 clauses');
  expect([120, 1240].map(megabytes)).toEqual(['120 MB', '1.2 GB']);
  expect(listed(['58', '61', '64'])).toBe('58, 61 and 64');
  expect([0.9, 0.87, 0.6, 0.2].map(confidenceWord)).toEqual([
    'very likely',
    'likely',
    'uncertain',
    'unlikely',
  ]);
});

test('large numbers and shares are short', () => {
  expect([1_421_000_000, 66_400_000].map(bytes)).toEqual(['1.4 GB', '66 MB']);
  expect([400_000, 82_000_000, 999_600_000, 1_540_000_000].map(millions)).toEqual([
    '1 million',
    '82 million',
    '1.0 billion',
    '1.5 billion',
  ]);
  expect([0.934, 1].map(percent)).toEqual(['93 %', '100 %']);
});

test('a day is said as a person says it, and nothing else is changed', () => {
  expect(['2019-03-14', '2019-02-30', '2 years', '2019-03-14 to 2020-01-01'].map(answerInWords)).toEqual([
    '14 March 2019',
    '2019-02-30',
    '2 years',
    '2019-03-14 to 2020-01-01',
  ]);
  expect(['2019-09-05', '25 September 2015', '3 May 2020', 'New York'].map(answerInBrief)).toEqual([
    '5 Sep 2019',
    '25 Sep 2015',
    '3 May 2020',
    'New York',
  ]);
});
