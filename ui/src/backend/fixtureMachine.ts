// The computers that the fixtures pretend to run on, with the speeds that each would be measured at.
import type { DeviceWish, PrecisionWish, Speed } from './types';

/** `?machine=` in the address: a laptop, a desktop with a graphics card, or the laptop with no figures or old ones. */
export type MachineName = 'laptop' | 'gpu' | 'new' | 'stale';

export type Level = Exclude<PrecisionWish, 'auto'>;
export type Device = Exclude<DeviceWish, 'auto'>;

interface Speeds {
  kernel: string;
  loadMs: number;
  /** Windows a second, for each number of windows at once. */
  points: [number, number][];
}

interface FixtureDevice {
  name: string;
  counts: string;
  best: Level;
  levels: Partial<Record<Level, Speeds>>;
}

export interface FixtureMachine {
  cores: number;
  devices: Partial<Record<Device, FixtureDevice>>;
  refusals: Partial<Record<DeviceWish, string>>;
  diskMbPerS: number;
}

export const WINDOWS_A_PAGE = 5.6;
export const USUAL_PAGES = 50;

export const SPEEDS: Record<Speed, { name: string; text: string; factor: number; aupr: number }> = {
  fast: {
    name: 'Fast',
    text: 'Each passage is read about once. For a first look.',
    factor: 0.59,
    aupr: 0.616,
  },
  balanced: {
    name: 'Balanced',
    text: 'Each passage is read twice, in different surroundings. Right for most contracts.',
    factor: 1,
    aupr: 0.638,
  },
  accurate: {
    name: 'Accurate',
    text: 'Each passage is read four times, in different surroundings, so that little is missed.',
    factor: 1.89,
    aupr: 0.646,
  },
};

export const LEVELS: Record<
  Level,
  { name: string; text: string; megabytes: number; aupr: number; f1: number }
> = {
  f32: {
    name: '32-bit floating point',
    text: 'The most exact numbers, and the slowest.',
    megabytes: 160,
    aupr: 0.635,
    f1: 0.659,
  },
  f16: {
    name: '16-bit floating point',
    text: 'Half the memory of 32 bits with the same result: the model is stored so.',
    megabytes: 138,
    aupr: 0.635,
    f1: 0.659,
  },
  int8: {
    name: '8-bit integers',
    text: 'Finds as much as the most exact numbers on contracts that the model had not seen.',
    megabytes: 120,
    aupr: 0.638,
    f1: 0.654,
  },
  'int8-static': {
    name: '8-bit integers, calibrated',
    text: 'As 8-bit integers, with ranges learnt from contracts of your own.',
    megabytes: 118,
    aupr: 0.633,
    f1: 0.644,
  },
  int4: {
    name: '4-bit blocks',
    text: 'Takes the least memory and is no faster than 32 bits.',
    megabytes: 104,
    aupr: 0.634,
    f1: 0.641,
  },
};

export const DEVICES: Record<Device, { name: string; text: string }> = {
  cpu: { name: 'Processor', text: 'Every computer has one.' },
  cuda: { name: 'NVIDIA graphics card', text: 'Reads many windows of text together.' },
  metal: { name: 'Apple graphics processor', text: 'Reads many windows of text together.' },
};

export const NOT_CALIBRATED =
  'This model was not calibrated on contracts of your own. Whoever looks after your computer can do it with “proviso models import --calibrate”.';
const NO_APPLE = 'Only Apple computers have one.';

const LAPTOP: FixtureMachine = {
  cores: 2,
  devices: {
    cpu: {
      name: 'Processor',
      counts: 'windows side by side',
      best: 'int8',
      levels: {
        f32: {
          kernel: 'avx512',
          loadMs: 96,
          points: [
            [1, 24.1],
            [2, 43.2],
            [4, 41.8],
          ],
        },
        f16: {
          kernel: 'avx512',
          loadMs: 81,
          points: [
            [1, 23.6],
            [2, 42.4],
            [4, 41.1],
          ],
        },
        int8: {
          kernel: 'avx512-vnni',
          loadMs: 118,
          points: [
            [1, 58.3],
            [2, 106.4],
            [4, 101.9],
          ],
        },
        int4: {
          kernel: 'avx512',
          loadMs: 132,
          points: [
            [1, 23.9],
            [2, 43.0],
            [4, 41.5],
          ],
        },
      },
    },
  },
  refusals: { cuda: 'This computer has no NVIDIA graphics card.', metal: NO_APPLE },
  diskMbPerS: 1840,
};

const DESKTOP: FixtureMachine = {
  cores: 12,
  devices: {
    cuda: {
      name: 'NVIDIA GeForce RTX 4070',
      counts: 'windows in a batch',
      best: 'f16',
      levels: {
        f32: {
          kernel: 'cuda',
          loadMs: 310,
          points: [
            [1, 212],
            [2, 398],
            [4, 655],
            [8, 902],
            [16, 1058],
            [32, 1121],
            [64, 1130],
          ],
        },
        f16: {
          kernel: 'cuda, tensor cores',
          loadMs: 288,
          points: [
            [1, 224],
            [2, 441],
            [4, 861],
            [8, 1574],
            [16, 2412],
            [32, 2903],
            [64, 2874],
          ],
        },
      },
    },
    cpu: {
      name: 'Processor',
      counts: 'windows side by side',
      best: 'int8',
      levels: {
        f32: {
          kernel: 'avx2',
          loadMs: 74,
          points: [
            [1, 27],
            [2, 53],
            [4, 101],
            [6, 142],
            [12, 151],
          ],
        },
        int8: {
          kernel: 'avx-vnni',
          loadMs: 92,
          points: [
            [1, 71],
            [2, 139],
            [4, 268],
            [6, 371],
            [12, 388],
          ],
        },
        int4: {
          kernel: 'avx2',
          loadMs: 99,
          points: [
            [1, 26],
            [2, 52],
            [4, 99],
            [6, 139],
            [12, 147],
          ],
        },
      },
    },
  },
  refusals: { metal: NO_APPLE },
  diskMbPerS: 5210,
};

export const MACHINES: Record<MachineName, FixtureMachine> = {
  laptop: LAPTOP,
  gpu: DESKTOP,
  new: LAPTOP,
  stale: LAPTOP,
};
