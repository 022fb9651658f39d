// What Proviso is and what holds it to its promises, for someone who has to vouch for it; asked anew whenever it is opened.
import { useState } from 'react';
import { toErrorView, type AboutView, type HeldView } from '../backend';
import { Icon } from '../shared/Icon';
import { Waiting } from '../shared/Waiting';
import { useAppModel } from '../state/react';
import './About.css';

export function AboutSection() {
  const { backend } = useAppModel();
  const [about, setAbout] = useState<AboutView | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  async function ask(): Promise<void> {
    try {
      setAbout(await backend.about());
      setFault(null);
    } catch (reason) {
      setFault(toErrorView(reason).message);
    }
  }

  return (
    <details
      className="preference advanced about"
      data-testid="about"
      onToggle={(event) => {
        if (event.currentTarget.open) void ask();
      }}
    >
      <summary>
        <Icon name="chevron" size={14} />
        <h3>About Proviso</h3>
        <span>version, models, connections, licences</span>
      </summary>
      {fault !== null && (
        <div className="note note-bad" role="alert">
          <Icon name="warning" />
          <p>
            <b>This could not be found out.</b> {fault}
          </p>
        </div>
      )}
      {about === null ? fault === null && <Waiting>Finding it out</Waiting> : <Told about={about} />}
    </details>
  );
}

function Told({ about }: { about: AboutView }) {
  const { count, sinceStart, text } = about.connections;
  return (
    <div className="about-told">
      <p>
        Proviso {about.version}. Licence: {about.licence}.
      </p>
      <h4 data-testid="connections">
        Connections {sinceStart ? 'since start' : 'open now'}: {count ?? 'not known'}
      </h4>
      <p className="preference-hint">{text}</p>
      <h4>The process that takes PDFs apart</h4>
      <ul>
        {about.readingProcess.map((held) => (
          <Held key={held.what} held={held} />
        ))}
      </ul>
      <h4>Models</h4>
      <dl>
        {about.models.map(({ name, sha256, licence }) => (
          <div key={name}>
            <dt>
              {name} ({licence}), SHA-256 of its weights
            </dt>
            <dd>{sha256}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Held({ held: { what, holds, but } }: { held: HeldView }) {
  return (
    <li data-testid="held" data-holds={holds}>
      <Icon name={holds ? 'check' : 'warning'} size={15} />
      <span>
        {what}: {holds ? 'yes' : 'no'}
        {but !== null && `, ${but}`}.
      </span>
    </li>
  );
}
