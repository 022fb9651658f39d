// What a choice costs and gives on this computer, in a quiet line; figures that are not known are left out.
import type { ChoiceView } from '../backend';
import { briefDuration, counted, megabytes } from '../shared/format';

export function ChoiceFigures({ choice, pages }: { choice: ChoiceView; pages: number }) {
  const { seconds, memoryMb, aupr } = choice;
  const figures = [
    seconds !== null && `${counted(pages, 'page', 'pages')}: ${briefDuration(seconds)}`,
    memoryMb !== null && `about ${megabytes(memoryMb)} of memory`,
    aupr !== null && `quality ${aupr.toFixed(3)} (AUPR)`,
  ].filter((figure) => figure !== false);
  if (figures.length === 0) return null;
  return (
    <span className="choice-figures">
      {figures.map((figure) => (
        <span key={figure}>{figure}</span>
      ))}
    </span>
  );
}
