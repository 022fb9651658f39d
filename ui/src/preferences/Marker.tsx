// The sign of a line in a chart, which tells it from the others without its colour too.
const SIZE = 4;

export function Marker({ index, x, y, title }: { index: number; x: number; y: number; title?: string }) {
  return (
    <path className="chart-marker" data-series={index} d={shape(index)} transform={`translate(${x} ${y})`}>
      {title !== undefined && <title>{title}</title>}
    </path>
  );
}

function shape(index: number): string {
  const s = SIZE;
  switch (index) {
    case 0:
      return `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0z`;
    case 1:
      return `M${-s} ${-s}h${2 * s}v${2 * s}h${-2 * s}z`;
    case 2:
      return `M0 ${-s - 1.5}L${s + 1} ${s - 0.5}H${-s - 1}z`;
    case 3:
      return `M0 ${s + 1.5}L${s + 1} ${-s + 0.5}H${-s - 1}z`;
    case 4:
      return `M0 ${-s - 1.5}L${s + 1.5} 0L0 ${s + 1.5}L${-s - 1.5} 0z`;
    default:
      return `M${-s} ${-s}L${s} ${s}M${-s} ${s}L${s} ${-s}`;
  }
}
