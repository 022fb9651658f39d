// The contracts that the fixtures pretend lie on the disk, and what this pretended computer would say of itself.
import type { Earlier } from './fixtureReview';
import type { DocumentView, FindingView } from './types';

export interface FixtureContract {
  path: string;
  /** Base name of the PDF and the JSON in the folder of fixtures. */
  source: string;
  password?: string;
  /** Rejects to open, with this sentence. */
  failure?: string;
  /** Rejects to be read, with this sentence. */
  readingFailure?: string;
  /** What was decided about an earlier version of it. */
  earlier?: Earlier;
  /** What happened to the graphics card while it was read. */
  notices?: string[];
  windows: number;
  /** Milliseconds that a window takes; null waits until the reading is cancelled or let go. */
  windowTime: number | null;
}

const FOLDER = '/home/lawyer/Contracts';

/** By the names under which addresses and tests ask for them. */
export const CONTRACTS: Record<string, FixtureContract> = {
  agreement: {
    path: `${FOLDER}/Northwind-Halden Distribution Agreement.pdf`,
    source: 'agreement',
    windows: 24,
    windowTime: 8,
  },
  nda: { path: `${FOLDER}/Arden Mutual NDA.pdf`, source: 'nda', windows: 6, windowTime: 8 },
  locked: {
    path: `${FOLDER}/Arden NDA (protected).pdf`,
    source: 'locked',
    password: 'sesame',
    windows: 6,
    windowTime: 8,
  },
  broken: {
    path: `${FOLDER}/Side letter.pdf`,
    source: 'nda',
    failure:
      '“Side letter.pdf” is damaged: it ends before its last page. Ask for the file again or print it to a new PDF.',
    windows: 6,
    windowTime: 8,
  },
  unreadable: {
    path: `${FOLDER}/Lease of 1998.pdf`,
    source: 'nda',
    readingFailure: '“Lease of 1998.pdf” holds no text that could be read.',
    windows: 6,
    windowTime: 8,
  },
  slow: {
    path: `${FOLDER}/Master Services Agreement.pdf`,
    source: 'agreement',
    windows: 96,
    windowTime: null,
  },
  amended: {
    path: `${FOLDER}/Northwind-Halden Distribution Agreement (amended).pdf`,
    source: 'agreement',
    windows: 24,
    windowTime: 8,
    earlier: {
      decided: {
        'Document Name': { carried: 'unchanged', decision: 'accepted' },
        Insurance: { carried: 'moved', decision: 'accepted', note: 'Ask for the certificate.' },
        'Cap on Liability': { carried: 'changed', decision: 'unreviewed', note: 'Was twice the fees.' },
      },
      lost: [
        {
          category: 'Liquidated Damages',
          text: 'If Distributor terminates before the second anniversary, it shall pay Northwind a fee of $250,000 as liquidated damages.',
          decision: 'accepted',
          note: 'The partner wanted this out.',
        },
        {
          category: 'Source Code Escrow',
          text: 'Northwind shall deposit the firmware with an escrow agent named by Distributor.',
          decision: 'rejected',
          note: null,
        },
      ],
    },
  },
  hostile: { path: `${FOLDER}/Consulting Agreement.pdf`, source: 'hostile', windows: 1, windowTime: 8 },
  long: { path: `${FOLDER}/Supply Schedules.pdf`, source: 'generated/long', windows: 40, windowTime: 4 },
  huge: { path: `${FOLDER}/All Schedules.pdf`, source: 'generated/huge', windows: 40, windowTime: 4 },
};

const DATA_ROOM = `${FOLDER}/Data room/Contract `;

/** The paths of a folder of contracts, which are all the same one. */
export function dataRoom(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${DATA_ROOM}${String(index + 1).padStart(4, '0')}.pdf`);
}

/** What lies at a path. */
export function contractAt(path: string): FixtureContract | undefined {
  const known = Object.values(CONTRACTS).find((contract) => contract.path === path);
  const inRoom = path.startsWith(DATA_ROOM) ? CONTRACTS.nda : undefined;
  return known ?? (inRoom && { ...inRoom, path });
}

/** What the JSON beside a fixture PDF holds. */
export type FixtureRecord = Pick<DocumentView, 'sha256' | 'pages' | 'warnings'> & {
  findings: Omit<FindingView, 'check' | 'review'>[];
};

/** How a contract was read. */
export const PLAN = [
  'Two windows of text are read side by side, because this computer has 2 cores that a reading can use.',
  'Whole numbers of 8 bits are used, because this processor multiplies them about three times as fast; the clauses found are the same.',
  'The whole model (66 MB) is kept in memory, because 5.2 GB are free.',
];
