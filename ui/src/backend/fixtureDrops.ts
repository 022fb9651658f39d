// Files dragged onto a browser tab stand in for the window's own drop events.
import type { Backend } from './backend';
import { CONTRACTS } from './fixtureContracts';

/** Dropped files are known by their names; a fixture contract is meant when its file has the same one. */
export function listenForDrops(
  target: Window | null,
): Pick<Backend, 'onDocumentsOffered' | 'onDocumentsHover'> {
  const listen = (type: string, listener: (event: DragEvent) => void) => {
    target?.addEventListener(type as 'drop', listener);
    return () => target?.removeEventListener(type as 'drop', listener);
  };
  const all = (stops: (() => void)[]) => () => stops.forEach((stop) => stop());
  return {
    onDocumentsOffered: (listener) =>
      all([
        listen('dragover', (event) => event.preventDefault()),
        listen('drop', (event) => {
          event.preventDefault();
          const names = Array.from(event.dataTransfer?.files ?? [], (file) => file.name);
          listener(names.map(pathOf));
        }),
      ]),
    onDocumentsHover: (listener) =>
      all([
        listen('dragenter', () => listener(true)),
        listen('dragleave', (event) => {
          if (event.relatedTarget === null) listener(false);
        }),
        listen('drop', () => listener(false)),
      ]),
  };
}

function pathOf(name: string): string {
  const known = Object.values(CONTRACTS).find(({ path }) => path.endsWith(`/${name}`));
  return known?.path ?? `/home/lawyer/Downloads/${name}`;
}
