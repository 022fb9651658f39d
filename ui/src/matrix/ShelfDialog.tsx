// Which categories are shown and pinned, and the contracts that were hidden.
import type { MatrixView } from '../backend';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { IconButton } from '../shared/IconButton';
import { useActions, useApp } from '../state/react';

export function ShelfDialog({ view, onClose }: { view: MatrixView; onClose: () => void }) {
  const shelf = useApp(({ matrix }) => matrix.shelf);
  const { changeMatrix, hide } = useActions();
  const hidden = view.rows.filter(({ sha256 }) => shelf.hiddenContracts.includes(sha256));
  return (
    <Dialog title="What is shown" testId="shelf-dialog" sheet onClose={onClose}>
      <div className="shelf">
        <div className="shelf-buttons">
          <Button
            testId="show-every-category"
            onClick={() => changeMatrix({ shelf: { ...shelf, hiddenCategories: [] } })}
          >
            Show every category
          </Button>
          <Button
            testId="show-no-category"
            onClick={() =>
              changeMatrix({
                shelf: {
                  ...shelf,
                  hiddenCategories: view.categories.filter((name) => !shelf.pinnedCategories.includes(name)),
                },
              })
            }
          >
            Show the pinned ones only
          </Button>
        </div>
        {hidden.length > 0 && (
          <section className="shelf-group">
            <h3>Hidden contracts</h3>
            <ul>
              {hidden.map(({ sha256, fileName }) => (
                <li key={sha256}>
                  <span>{fileName}</span>
                  <Button label={`Show ${fileName} again`} onClick={() => hide('contracts', sha256)}>
                    Show again
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <CategoryShelves categories={view.categories} />
      </div>
    </Dialog>
  );
}

function CategoryShelves({ categories }: { categories: string[] }) {
  const groups = useApp(({ info }) => info?.groups);
  return groups?.map(({ title, categories: own }, group) => {
    const names = own.map(({ name }) => name).filter((name) => categories.includes(name));
    if (names.length === 0) return null;
    return (
      <section key={title} className="shelf-group" data-group={Math.min(group, 7)}>
        <h3>{title}</h3>
        <ul>
          {names.map((name) => (
            <CategoryShelf key={name} name={name} />
          ))}
        </ul>
      </section>
    );
  });
}

function CategoryShelf({ name }: { name: string }) {
  const isHidden = useApp(({ matrix }) => matrix.shelf.hiddenCategories.includes(name));
  const isPinned = useApp(({ matrix }) => matrix.shelf.pinnedCategories.includes(name));
  const { hide, pin } = useActions();
  return (
    <li>
      <label>
        <input type="checkbox" checked={!isHidden} onChange={() => hide('categories', name)} />
        {name}
      </label>
      {!isHidden && (
        <IconButton
          icon="pin"
          small
          pressed={isPinned}
          label={`Keep ${name} in view`}
          onClick={() => pin('categories', name)}
        />
      )}
    </li>
  );
}
