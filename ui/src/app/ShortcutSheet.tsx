// The list of keys.
import { Dialog } from '../shared/Dialog';
import { useActions } from '../state/react';
import { OTHER_KEYS, SHORTCUTS } from './shortcuts';
import './ShortcutSheet.css';

export function ShortcutSheet() {
  const { showPanel } = useActions();
  return (
    <Dialog title="Keys" testId="shortcuts" onClose={() => showPanel('none')}>
      <dl className="shortcuts">
        {[...SHORTCUTS, ...OTHER_KEYS].map(({ shown, text }) => (
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
    </Dialog>
  );
}
