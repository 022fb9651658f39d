// Categories of the person's own: what they are called and what is asked, and which model answers.
import { useRef, useState } from 'react';
import type { OwnQuestion } from '../backend';
import { Button } from '../shared/Button';
import { Icon } from '../shared/Icon';
import { useActions, useApp } from '../state/react';
import { AnsweredBy } from './AnsweredBy';
import { MAX_COUNT, renamed } from './ownQuestions';
import { QuestionForm } from './QuestionForm';
import { QuestionRow } from './QuestionRow';
import { useKeptFocus } from './useKeptFocus';
import './Questions.css';

const NEW = -1;

export function QuestionsSection() {
  const questions = useApp(({ preferences }) => preferences.questions);
  const thresholds = useApp(({ preferences }) => preferences.thresholds);
  const { setPreferences } = useActions();
  const [edited, setEdited] = useState<number | null>(null);
  const [removed, setRemoved] = useState<{ at: number; question: OwnQuestion } | null>(null);
  const section = useRef<HTMLElement>(null);
  useKeptFocus(
    section,
    `${edited} ${questions.length}`,
    '[data-testid="undo-remove"], [data-testid="add-question"]',
  );

  const change = (at: number, was: OwnQuestion, by: OwnQuestion | null) => {
    setPreferences({
      questions: questions.flatMap((question, index) => (index === at ? (by ?? []) : question)),
      thresholds: renamed(thresholds, was.name, by?.name ?? null),
    });
    setRemoved(by === null ? { at, question: was } : null);
    setEdited(null);
  };

  return (
    <section className="preference" ref={section} data-testid="questions">
      <h3>Your own questions</h3>
      <p className="preference-hint">
        Beside the 41 categories you can have contracts searched for what matters to you. Each question
        becomes a category of its own in the list of clauses.
      </p>
      <AnsweredBy />
      {questions.length > 0 && (
        <ul className="question-list">
          {questions.map((question, at) =>
            edited === at ? (
              <li key={question.name}>
                <QuestionForm
                  question={question}
                  others={questions.filter((_, index) => index !== at)}
                  onSave={(changed) => change(at, question, changed)}
                  onCancel={() => setEdited(null)}
                />
              </li>
            ) : (
              <QuestionRow
                key={question.name}
                question={question}
                onEdit={() => setEdited(at)}
                onRemove={() => change(at, question, null)}
              />
            ),
          )}
        </ul>
      )}
      {edited === NEW && (
        <QuestionForm
          question={{ name: '', question: '' }}
          others={questions}
          onSave={(added) => {
            setPreferences({ questions: [...questions, added] });
            setEdited(null);
          }}
          onCancel={() => setEdited(null)}
        />
      )}
      <div role="status">
        {removed && (
          <div className="note" data-testid="question-removed">
            <Icon name="info" />
            <p>“{removed.question.name}” is no longer asked.</p>
            <Button
              testId="undo-remove"
              onClick={() => {
                setPreferences({
                  questions: [
                    ...questions.slice(0, removed.at),
                    removed.question,
                    ...questions.slice(removed.at),
                  ],
                });
                setRemoved(null);
              }}
            >
              Ask it again
            </Button>
          </div>
        )}
      </div>
      {edited !== NEW && (
        <Button
          icon="plus"
          testId="add-question"
          disabled={questions.length >= MAX_COUNT}
          onClick={() => {
            setRemoved(null);
            setEdited(NEW);
          }}
        >
          Add a question
        </Button>
      )}
    </section>
  );
}
