// The list of keys.
import { Dialog } from '../shared/Dialog';
import { useActions } from '../state/react';
import { OTHER_KEYS, SHORTCUTS, type Part } from './shortcuts';
import './ShortcutSheet.css';

const PARTS: Part[] = ['Review', 'Go', 'Window'];

export function ShortcutSheet() {
  const { showPanel } = useActions();
  const all = [...SHORTCUTS, ...OTHER_KEYS];
  return (
    <Dialog title="Keys" testId="shortcuts" wide onClose={() => showPanel('none')}>
      <div className="shortcuts-parts">
        {PARTS.map((part) => (
          <section key={part} className={`shortcuts-${part.toLowerCase()}`} aria-label={part}>
            <h3 className="shortcuts-part">{part}</h3>
            <dl className="shortcuts">
              {all
                .filter((shortcut) => shortcut.part === part)
                .map(({ shown, text }) => (
                  <div key={text}>
                    <dt>
                      {shown.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{text}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
