// The few pictograms, drawn on a grid of 20.
const PATHS = {
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  fit: 'M3 4v12M17 4v12M6 10h8M8 7.5L5.5 10L8 12.5M12 7.5l2.5 2.5L12 12.5',
  front: 'M4 4.5h12M5 14l5-5l5 5',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4.5l9 5.5l-9 5.5z',
  again: 'M4.5 6.5A6.5 6.5 0 1 1 3.5 11M4 3v4h4',
  folder: 'M3 6a1 1 0 0 1 1-1h4l2 2h6a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1zM10 9.5v4M8 11.5h4',
  up: 'M5 12.5l5-5l5 5',
  down: 'M5 7.5l5 5l5-5',
  drawer: 'M3 4h14v12H3zM8 4v12M5 7.5h1M5 10.5h1',
  rotate: 'M15.5 6.5A6.5 6.5 0 1 0 16.5 11M16 3v4h-4',
  legend: 'M4 4.5h3.5V8H4zM4 12h3.5v3.5H4zM11 6.2h6M11 13.8h6',
  pin: 'M7 3h6M8 3v5l-2.5 3.5h9L12 8V3M10 11.5V17',
  hide: 'M3 10c2-3.2 4.3-4.8 7-4.8s5 1.6 7 4.8c-2 3.2-4.3 4.8-7 4.8S5 13.2 3 10M4.5 16.5l11-13',
  columns: 'M3 4h14v12H3zM3 8h14M8 4v12M12.5 4v12',
  open: 'M3 6a1 1 0 0 1 1-1h4l2 2h6a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z',
  settings: 'M4 6h7M15 6h1M4 14h1M9 14h7M13 4a2 2 0 1 1 0 4a2 2 0 0 1 0-4M7 12a2 2 0 1 1 0 4a2 2 0 0 1 0-4',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4M13 13l4 4',
  chevron: 'M7 5l5 5l-5 5',
  info: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14M10 9v5M10 6.2v.3',
  warning: 'M10 3.5L17.5 16.5H2.5zM10 8.5v3.5M10 14v.3',
  check: 'M4 10.5l4 4l8-9',
  question: 'M7.2 7.6a2.8 2.8 0 1 1 4.2 2.4c-1 .6-1.4 1.1-1.4 2.1M10 15v.3',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  shield: 'M10 3l6 2v5c0 3.6-2.6 6-6 7c-3.4-1-6-3.4-6-7V5zM7.3 10l2 2l3.4-3.8',
  download: 'M10 3v9M6.5 8.5L10 12l3.5-3.5M4 16h12',
  document: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5',
  undo: 'M7 5L3.5 8.5L7 12M4 8.5h8a4 4 0 0 1 0 8H9',
  redo: 'M13 5l3.5 3.5L13 12M16 8.5H8a4 4 0 0 0 0 8h3',
  pencil: 'M4 16l.8-3.4L13 4.4l2.6 2.6l-8.2 8.2zM11.3 6.1l2.6 2.6',
  note: 'M4 4h12v9H9.5L6 16v-3H4zM7 7.2h6M7 9.8h4',
  circle: 'M10 5a5 5 0 1 1 0 10a5 5 0 0 1 0-10',
  clock: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14M10 6v4.2l2.8 1.8',
  keyboard: 'M3 6h14v9H3zM6 9h.3M9 9h.3M12 9h.3M14.5 9h.3M6.5 12.3h7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false" className="icon">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
