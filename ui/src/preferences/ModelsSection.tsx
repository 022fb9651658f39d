// The models that are here: what each costs and gives, which one reads, and bringing others in.
import { Button } from '../shared/Button';
import { Waiting } from '../shared/Waiting';
import { useActions, useApp } from '../state/react';
import { ImportSection } from './ImportSection';
import { ModelCard } from './ModelCard';
import './Models.css';

export function ModelsSection() {
  const models = useApp((state) => state.models);
  const fault = useApp((state) => state.modelsFault);
  const { refreshModels } = useActions();
  return (
    <section className="preference" data-testid="models">
      <h3>Models</h3>
      <p className="preference-hint">
        One model reads contracts. A second, heavier one can then check in the background what the first was
        not sure of, so that you see clauses at once and know a little later which of them stand.
      </p>
      {fault !== null && (
        <div className="note note-bad" role="alert" data-testid="models-fault">
          <p>{fault}</p>
          <Button onClick={() => void refreshModels()}>Try again</Button>
        </div>
      )}
      {models === null && fault === null && <Waiting>Looking which models are here</Waiting>}
      {models && (
        <ul className="model-list">
          {models.models.map((model) => (
            <ModelCard key={model.name} model={model} />
          ))}
        </ul>
      )}
      {models && <ImportSection unfinished={models.unfinished} />}
    </section>
  );
}
