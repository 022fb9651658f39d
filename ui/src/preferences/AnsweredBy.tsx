// Which model answers the person's own questions, or what to do so that one does.
import { Icon } from '../shared/Icon';
import { answeringModel } from '../state/models';
import { useApp } from '../state/react';

export function AnsweredBy() {
  const models = useApp((state) => state.models);
  if (!models) return null;
  const model = answeringModel(models);
  const there = models.models.find(({ kind, fault }) => kind === 'questions' && fault === null);
  if (!model)
    return (
      <div className="note note-warn" data-testid="answered-by">
        <Icon name="warning" />
        <p>
          They need a model that answers questions, and none is chosen, so they are not asked.{' '}
          {there
            ? `Under Models, use ${there.name} for reading, or have doubtful clauses checked with it.`
            : 'Import one under Models, and use it for reading or to check doubtful clauses.'}
        </p>
      </div>
    );
  return (
    <div className="note" data-testid="answered-by">
      <Icon name="info" />
      <p>
        <b>{model.name}</b>{' '}
        {model.reads
          ? 'answers them when it reads a contract.'
          : 'answers them after a contract was read, while it checks doubtful clauses.'}
      </p>
    </div>
  );
}
