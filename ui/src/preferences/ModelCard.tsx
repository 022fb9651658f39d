// One model: what it is, what it costs and gives here, and what can be done with it.
import { useId } from 'react';
import type { ModelEntryView } from '../backend';
import { Icon } from '../shared/Icon';
import { useApp } from '../state/react';
import { ModelActions } from './ModelActions';
import { ModelFacts } from './ModelFacts';

const KINDS: Record<ModelEntryView['kind'], string> = {
  tagger: 'Reads everything in one pass',
  questions: 'Answers each question separately',
};

export function ModelCard({ model }: { model: ModelEntryView }) {
  const { name, description, kind, running, fault, reads, refines } = model;
  const heading = useId();
  const verification = useApp((state) => state.verifications[name]);
  return (
    <li
      className="model"
      aria-labelledby={heading}
      data-testid="model"
      data-model={name}
      data-reads={reads}
      data-refines={refines}
    >
      <div className="model-head">
        <h4 id={heading}>{name}</h4>
        {reads && <span className="model-badge">Reads contracts</span>}
        {refines && <span className="model-badge model-badge-second">Checks doubtful clauses</span>}
      </div>
      <p>{description}</p>
      <ModelFacts model={model} />
      <p className="model-kind">
        {KINDS[kind]}.{running !== null && ` ${running}`}
      </p>
      {fault !== null && (
        <div className="note note-bad" data-testid="model-fault">
          <Icon name="warning" />
          <p>
            <b>It cannot be used.</b> {fault}
          </p>
        </div>
      )}
      <ModelActions model={model} />
      <div role="status">
        {verification && verification.stage !== 'failed' && (
          <p className="model-verified" data-testid="verified" data-stage={verification.stage}>
            {verification.stage === 'sound' && <Icon name="check" size={15} />}
            {verification.sentence ?? 'Its files are being compared with their hashes …'}
          </p>
        )}
      </div>
      {verification?.stage === 'failed' && (
        <div className="note note-bad" role="alert" data-testid="verified" data-stage="failed">
          <Icon name="warning" />
          <p>{verification.sentence}</p>
        </div>
      )}
    </li>
  );
}
