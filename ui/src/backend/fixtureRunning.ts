// What runs on a pretended computer and what was measured there, as the program would say it.
import {
  DEVICES,
  LEVELS,
  NOT_CALIBRATED,
  SPEEDS,
  USUAL_PAGES,
  WINDOWS_A_PAGE,
  type Device,
  type FixtureMachine,
  type Level,
} from './fixtureMachine';
import type {
  ChoiceView,
  CurveView,
  LevelView,
  MeasurementsView,
  Preferences,
  RunningPreference,
  RunningView,
  Speed,
} from './types';

interface Refusal {
  text: string;
  mendedBy: RunningPreference;
}

interface Outcome {
  refusal: Refusal | null;
  device: Device;
  level: Level;
  batch: number;
  windowsPerSecond: number;
  megabytes: number;
}

/** What would run, as the program would decide it. */
function decide(machine: FixtureMachine, wish: Preferences): Outcome {
  const suits = (kind: Device) => {
    const levels = machine.devices[kind]?.levels;
    return levels !== undefined && (wish.precision === 'auto' || levels[wish.precision] !== undefined);
  };
  const device = wish.device === 'auto' ? (suits('cuda') ? 'cuda' : 'cpu') : wish.device;
  const found = machine.devices[device];
  const level = wish.precision === 'auto' ? (found?.best ?? 'f32') : wish.precision;
  const speeds = found?.levels[level];
  const points = speeds?.points ?? [];
  const batch = bestOf(points, device === 'cpu' ? wish.threads : wish.batch);
  const windowsPerSecond = points.find(([atOnce]) => atOnce === batch)?.[1] ?? 0;
  const megabytes = LEVELS[level].megabytes + (device === 'cpu' ? 0 : 90 + 11 * batch);
  const outcome = { device, level, batch, windowsPerSecond, megabytes };
  return { ...outcome, refusal: refuse(machine, wish, outcome, speeds !== undefined) };
}

function refuse(
  machine: FixtureMachine,
  wish: Preferences,
  { device, level, megabytes }: Omit<Outcome, 'refusal'>,
  levelIsThere: boolean,
): Refusal | null {
  const { batch, memoryBudgetMb: budget } = wish;
  const { name } = LEVELS[level];
  const noDevice = machine.refusals[wish.device];
  if (noDevice !== undefined) return { text: noDevice, mendedBy: 'device' };
  if (level === 'int8-static') return { text: NOT_CALIBRATED, mendedBy: 'precision' };
  if (!levelIsThere) {
    const text = `${name} cannot be used on the graphics card. Choose other numbers or the processor.`;
    return { text, mendedBy: 'precision' };
  }
  if (device === 'cpu' && batch !== null && batch !== 1) {
    const text =
      'On the processor windows are read one by one. Choose the number of windows in a batch automatically.';
    return { text, mendedBy: 'batch' };
  }
  if (budget !== null && budget < megabytes) {
    const text = `With ${name} ${megabytes} MB are needed, and ${budget} MB are allowed. Allow more memory or choose other numbers.`;
    return { text, mendedBy: 'memoryBudgetMb' };
  }
  return null;
}

/** The fastest point, or the one nearest below what was asked for. */
function bestOf(points: [number, number][], wanted: number | null): number {
  const allowed = wanted === null ? points : points.filter(([atOnce]) => atOnce <= wanted);
  const best = [...allowed].sort((a, b) => (wanted === null ? b[1] - a[1] : b[0] - a[0]))[0];
  return best?.[0] ?? 1;
}

export function runningOn(
  machine: FixtureMachine,
  wish: Preferences,
  measured: boolean,
  contract: { fileName: string; pages: number } | null,
): RunningView {
  const pages = contract?.pages ?? USUAL_PAGES;
  const choice = (
    change: Partial<Preferences>,
    value: string,
    about: { name: string; text: string },
    aupr: number | null,
  ): ChoiceView => {
    const changed = { ...wish, ...change };
    const outcome = decide(machine, changed);
    const possible = outcome.refusal === null;
    return {
      value,
      name: about.name,
      text: about.text,
      seconds: possible && measured ? secondsFor(pages, changed.speed, outcome) : null,
      memoryMb: possible ? outcome.megabytes : null,
      aupr: possible ? aupr : null,
      refusal: outcome.refusal?.text ?? null,
    };
  };
  const speed = Object.entries(SPEEDS).map(([value, about]) =>
    choice({ speed: value as Speed }, value, about, about.aupr),
  );
  const autoDevice = decide(machine, { ...wish, device: 'auto' });
  const autoLevel = decide(machine, { ...wish, precision: 'auto' });
  const device = [
    choice({ device: 'auto' }, 'auto', automatic(machine.devices[autoDevice.device]?.name), null),
    ...Object.entries(DEVICES).map(([value, about]) =>
      choice({ device: value as Device }, value, about, null),
    ),
  ];
  const precision = [
    choice(
      { precision: 'auto' },
      'auto',
      automatic(LEVELS[autoLevel.level].name),
      LEVELS[autoLevel.level].aupr,
    ),
    ...Object.entries(LEVELS).map(([value, about]) =>
      choice({ precision: value as Level }, value, about, about.aupr),
    ),
  ];
  const outcome = decide(machine, wish);
  const { refusal } = outcome;
  return {
    plan: {
      reasons: refusal === null ? reasonsFor(machine, wish, outcome) : [],
      refusal: refusal?.text ?? null,
      mendedBy: refusal?.mendedBy ?? null,
      device: refusal === null ? outcome.device : null,
      memoryMb: refusal === null ? outcome.megabytes : null,
      seconds: refusal === null && measured ? secondsFor(pages, wish.speed, outcome) : null,
    },
    pages,
    contract: contract?.fileName ?? null,
    choices: { speed, device, precision },
  };
}

function automatic(name: string | undefined): { name: string; text: string } {
  return { name: 'Automatic', text: `The best for this computer: ${name ?? 'the processor'}.` };
}

function secondsFor(pages: number, speed: Speed, { windowsPerSecond }: Outcome): number {
  return (pages * WINDOWS_A_PAGE * SPEEDS[speed].factor) / windowsPerSecond;
}

function reasonsFor(machine: FixtureMachine, wish: Preferences, outcome: Outcome) {
  const { device, level, batch, megabytes } = outcome;
  const onProcessor = device === 'cpu';
  return [
    {
      about: 'Device',
      text: onProcessor
        ? wish.device === 'cpu'
          ? 'The processor computes, as you chose.'
          : 'The processor computes: this computer has no graphics card that helps.'
        : `The ${machine.devices[device]?.name} computes: it is faster than the processor.`,
    },
    {
      about: 'Numbers',
      text:
        wish.precision === 'auto'
          ? `${LEVELS[level].name}: this is the fastest here, and as much is found.`
          : `${LEVELS[level].name}, as you chose.`,
    },
    {
      about: 'Side by side',
      text: onProcessor
        ? `${batch === 1 ? '1 window is' : `${batch} windows are`} read at the same time, because the processor has ${machine.cores} cores.`
        : `${batch} windows go through the graphics card together.`,
    },
    { about: 'Speed', text: `${SPEEDS[wish.speed].name}. ${SPEEDS[wish.speed].text}` },
    {
      about: 'Memory',
      text: `About ${megabytes} MB are needed${wish.memoryBudgetMb === null ? '' : ` of the allowed ${wish.memoryBudgetMb} MB`}.`,
    },
  ];
}

const STALE =
  'They were measured on another processor (Intel Core i5-8250U), before Proviso was moved to this computer.';

export function measuredOn(
  machine: FixtureMachine,
  wish: Preferences,
  measuredAt: string | null,
  stale: boolean,
): MeasurementsView {
  const running = decide(machine, wish);
  const inUse = (device: string, level: string) =>
    !stale && running.refusal === null && running.device === device && running.level === level;
  const curves: CurveView[] = [];
  const levels: LevelView[] = [];
  for (const [kind, device] of Object.entries(measuredAt === null ? {} : machine.devices)) {
    for (const [level, { kernel, loadMs, points }] of Object.entries(device.levels)) {
      const precision = level as Level;
      const windowsPerSecond = Math.max(...points.map(([, speed]) => speed));
      curves.push({
        device: device.name,
        precision,
        counts: device.counts,
        points: points.map(([atOnce, speed]) => ({
          atOnce,
          windowsPerSecond: speed,
          inUse: inUse(kind, level) && atOnce === running.batch,
        })),
      });
      levels.push({
        device: device.name,
        precision,
        name: LEVELS[precision].name,
        kernel,
        windowsPerSecond,
        secondsFor50Pages: (50 * WINDOWS_A_PAGE * SPEEDS[wish.speed].factor) / windowsPerSecond,
        loadMs,
        memoryMb: decide(machine, { ...wish, device: kind as Device, precision }).megabytes,
        aupr: LEVELS[precision].aupr,
        weightedF1: LEVELS[precision].f1,
        inUse: inUse(kind, level),
      });
    }
  }
  return {
    model: 'Proviso CUAD Base',
    measuredAt,
    stale: stale ? STALE : null,
    length: 256,
    diskMbPerS: measuredAt === null ? null : machine.diskMbPerS,
    curves,
    levels,
  };
}

/** What is said while measuring, step by step. */
export function measuringSteps(machine: FixtureMachine): string[] {
  const steps = Object.values(machine.devices).flatMap((device) =>
    Object.entries(device.levels).flatMap(([level, { points }]) =>
      points.map(([atOnce]) => `${device.name}, ${LEVELS[level as Level].name}, ${atOnce} ${device.counts}`),
    ),
  );
  return ['The disk', ...steps];
}
