// Which questions of one's own can be kept.
import { expect, test } from 'vitest';
import { faultOf, renamed, withoutOwn } from './ownQuestions';

const GROUPS = [
  { title: 'The contract', categories: [{ name: 'Governing Law', question: 'Which?', threshold: 0.4 }] },
  { title: 'Your own questions', categories: [{ name: 'Deposit', question: 'Is there?', threshold: 0.3 }] },
];
const DEPOSIT = { name: 'Deposit', question: 'Is there?' };

test('a question has a name of its own and asks something', () => {
  const fault = (name: string, question = 'Is it so?') =>
    faultOf({ name, question }, [DEPOSIT], GROUPS)?.field;
  expect(fault(' ')).toBe('name');
  expect(fault('deposit ')).toBe('name');
  expect(fault('GOVERNING LAW')).toBe('name');
  expect(fault('Rent', '  ')).toBe('question');
  expect(fault('Rent')).toBeUndefined();
});

test('a question may keep its own name', () => {
  const groups = withoutOwn(GROUPS, [DEPOSIT]);
  expect(faultOf({ ...DEPOSIT, question: 'How much?' }, [], groups)).toBeNull();
  expect(faultOf({ ...DEPOSIT, name: 'Governing law' }, [], groups)).not.toBeNull();
});

test('a threshold follows the name of its category', () => {
  expect(renamed({ Deposit: 0.2, Insurance: 0.5 }, 'Deposit', 'Bond')).toEqual({ Bond: 0.2, Insurance: 0.5 });
  expect(renamed({ Deposit: 0.2, Insurance: 0.5 }, 'Deposit', null)).toEqual({ Insurance: 0.5 });
});
