// A question of the person's own as it stands in the list.
import type { OwnQuestion } from '../backend';
import { Button } from '../shared/Button';

interface QuestionRowProps {
  question: OwnQuestion;
  onEdit: () => void;
  onRemove: () => void;
}

export function QuestionRow({ question: { name, question }, onEdit, onRemove }: QuestionRowProps) {
  return (
    <li className="question" data-testid="question" data-name={name}>
      <div>
        <h4>{name}</h4>
        <p>{question}</p>
      </div>
      <Button kind="quiet" testId="edit-question" label={`Edit “${name}”`} onClick={onEdit}>
        Edit
      </Button>
      <Button kind="quiet" testId="remove-question" label={`Remove “${name}”`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}
