// The numbers that a model can be stored in, in words.
import type { PrecisionWish } from '../backend';

const NAMES: Record<Exclude<PrecisionWish, 'auto'>, string> = {
  f32: '32-bit floating point',
  f16: '16-bit floating point',
  int8: '8-bit integers',
  'int8-static': '8-bit integers, calibrated',
  int4: '4-bit integers',
};

/** The name of a precision for the person; one that is not known here keeps its own. */
export function precisionName(precision: string): string {
  return precision in NAMES ? NAMES[precision as keyof typeof NAMES] : precision;
}

/** What a model can be stored in when it is imported. */
export const IMPORT_PRECISIONS: { precision: PrecisionWish; name: string; text: string }[] = [
  {
    precision: 'auto',
    name: 'Automatic (recommended)',
    text: 'Small and fast, but for the parts of the model that need to be exact.',
  },
  {
    precision: 'int8',
    name: NAMES.int8,
    text: 'A quarter of the space of 32 bits, and usually the fastest.',
  },
  {
    precision: 'f16',
    name: NAMES.f16,
    text: 'Half the space of 32 bits, with practically the same result.',
  },
  {
    precision: 'f32',
    name: NAMES.f32,
    text: 'Exactly as the model was made. The largest and the slowest.',
  },
  {
    precision: 'int4',
    name: NAMES.int4,
    text: 'The least space, for models that would not fit otherwise; less accurate.',
  },
];
