// The bar over the pages in which words are looked for.
import { useEffect, useRef } from 'react';
import { Icon } from '../shared/Icon';
import { IconButton } from '../shared/IconButton';
import { counted } from '../shared/format';
import { MOST } from './searchPages';
import type { Find } from './useFind';
import { useFocusBack } from './useFocusBack';
import './FindBar.css';

interface FindBarProps {
  find: Find;
  pages: number;
  /** Pages that are pictures without text, in which nothing can be found. */
  scanned: number;
}

export function FindBar({ find, pages, scanned }: FindBarProps) {
  const { words, asked, hide, look, step } = find;
  const field = useRef<HTMLInputElement>(null);

  useFocusBack();
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  return (
    <div className="find-bar" role="search" aria-label="Find in this contract" data-testid="find-bar">
      <label className="find-field">
        <Icon name="search" size={16} />
        <input
          ref={field}
          type="search"
          aria-label="Words to find in this contract"
          placeholder="Find in this contract"
          data-testid="find-words"
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={(event) => look(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          }}
        />
      </label>
      <p className="find-state" role="status" data-testid="find-state">
        {sentence(find, pages, scanned)}
      </p>
      <div className="find-buttons">
        <IconButton
          icon="up"
          label="Previous place (Shift Enter)"
          onClick={() => step(-1)}
          testId="find-previous"
        />
        <IconButton icon="down" label="Next place (Enter)" onClick={() => step(1)} testId="find-next" />
        <IconButton icon="close" label="Close (Esc)" onClick={hide} testId="find-close" />
      </div>
    </div>
  );
}

/** "3 of 17", and how far the search is. */
function sentence({ words, result, position }: Find, pages: number, scanned: number): string {
  if (words.trim() === '') return '';
  const searching = `searching page ${Math.min((result?.done ?? 0) + 1, pages)} of ${pages}`;
  if (!result) return capital(searching);
  const { total, ended } = result;
  if (!ended) return total === 0 ? capital(searching) : `${position} of ${total}, ${searching}`;
  if (total >= MOST) return `${position} of more than ${MOST.toLocaleString('en')}`;
  if (total > 0) return `${position} of ${total}`;
  if (scanned === 0) return 'Not found';
  return `Not found; ${counted(scanned, 'page is a picture', 'pages are pictures')} without text`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
