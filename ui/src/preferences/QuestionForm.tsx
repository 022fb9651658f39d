// The fields of a question of the person's own. What is wrong with it is said when it is to be saved.
import { useEffect, useId, useRef, useState } from 'react';
import type { OwnQuestion } from '../backend';
import { Button } from '../shared/Button';
import { useApp } from '../state/react';
import { MAX_NAME, MAX_QUESTION, faultOf, withoutOwn, type QuestionFault } from './ownQuestions';

interface QuestionFormProps {
  question: OwnQuestion;
  others: OwnQuestion[];
  onSave: (question: OwnQuestion) => void;
  onCancel: () => void;
}

export function QuestionForm({ question: before, others, onSave, onCancel }: QuestionFormProps) {
  const groups = useApp(({ info }) => info?.groups ?? []);
  const [name, setName] = useState(before.name);
  const [question, setQuestion] = useState(before.question);
  const [fault, setFault] = useState<QuestionFault | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => first.current?.focus(), []);

  const save = () => {
    const found = faultOf({ name, question }, others, withoutOwn(groups, [before, ...others]));
    setFault(found);
    if (found === null) onSave({ name: name.trim(), question: question.trim() });
    else form.current?.querySelector<HTMLElement>(`[name="${found.field}"]`)?.focus();
  };
  const described = (field: QuestionFault['field']) => ({
    'aria-invalid': fault?.field === field,
    'aria-describedby': fault?.field === field ? `${id}-fault` : undefined,
  });
  return (
    <form
      ref={form}
      className="question-form"
      data-testid="question-form"
      aria-label={before.name === '' ? 'A new question' : `The question “${before.name}”`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label htmlFor={`${id}-name`}>Name of the category</label>
      <input
        ref={first}
        id={`${id}-name`}
        name="name"
        type="text"
        autoComplete="off"
        maxLength={MAX_NAME}
        placeholder="Data protection"
        data-testid="question-name"
        value={name}
        {...described('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-question`}>What is asked of the contract</label>
      <textarea
        id={`${id}-question`}
        name="question"
        rows={3}
        maxLength={MAX_QUESTION}
        placeholder="Which clause says how personal data is to be processed?"
        data-testid="question-text"
        value={question}
        {...described('question')}
        onChange={(event) => setQuestion(event.target.value)}
      />
      {fault && (
        <p id={`${id}-fault`} className="field-fault" role="alert" data-testid="question-fault">
          {fault.message}
        </p>
      )}
      <div className="question-buttons">
        <Button kind="primary" submit testId="save-question">
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
