//! From f32 to 8-bit integers, and the extremes that decide the scale.

use rten_simd::{
    Isa, Simd,
    ops::{BitOps, FloatOps, NarrowSaturate, NumOps},
};

/// Numbers that are quantized at once.
pub(super) const BLOCK: usize = 64;

/// Writes `round(value * inverse) + zero`, cut off at 0 and 255, for at most [`BLOCK`] values; whole steps of `out` are
/// written, of which those beyond the values mean nothing.
#[inline(always)]
pub(super) fn quantize_block<I: Isa>(isa: I, values: &[f32], inverse: f32, zero: f32, out: &mut [u8]) {
    let (floats, integers) = (isa.f32(), isa.i32());
    let lanes = floats.len();
    let (factor, zero) = (floats.splat(inverse), integers.splat(zero as i32));
    for (values, out) in values.chunks(4 * lanes).zip(out.chunks_exact_mut(4 * lanes)) {
        let mut parts = [integers.zero(); 4];
        if values.len() == 4 * lanes {
            for (part, values) in parts.iter_mut().zip(values.chunks_exact(lanes)) {
                *part = quantize_vector(isa, floats.load(values), factor, zero);
            }
        } else {
            for (part, values) in parts.iter_mut().zip(values.chunks(lanes)) {
                *part = quantize_vector(isa, floats.load_pad(values).0, factor, zero);
            }
        }
        let low = integers.narrow_saturate(parts[0], parts[1]);
        let high = integers.narrow_saturate(parts[2], parts[3]);
        isa.u8().store(isa.i16().narrow_saturate(low, high), out);
    }
}

#[inline(always)]
pub(super) fn quantize_vector<I: Isa>(isa: I, vector: I::F32, factor: I::F32, zero: I::I32) -> I::I32 {
    isa.i32().add(isa.f32().to_int_round(isa.f32().mul(vector, factor)), zero)
}

/// The lowest and the highest of the values and zero.
#[inline(always)]
pub(super) fn extremes<I: Isa>(isa: I, values: &[f32]) -> (f32, f32) {
    let ops = isa.f32();
    let lanes = ops.len();
    let (mut low, mut high) = ([ops.zero(); 2], [ops.zero(); 2]);
    let mut blocks = values.chunks_exact(2 * lanes);
    for block in blocks.by_ref() {
        let (first, second) = (ops.load(block), ops.load(&block[lanes..]));
        low = [ops.min(low[0], first), ops.min(low[1], second)];
        high = [ops.max(high[0], first), ops.max(high[1], second)];
    }
    for rest in blocks.remainder().chunks(lanes) {
        // Padding is zero, which counts anyway.
        let vector = ops.load_pad(rest).0;
        low[0] = ops.min(low[0], vector);
        high[0] = ops.max(high[0], vector);
    }
    let low = ops.min(low[0], low[1]).to_array();
    let high = ops.max(high[0], high[1]).to_array();
    (fold::<false>(low.as_ref()), fold::<true>(high.as_ref()))
}

/// The largest of at most 16 numbers and zero, or the smallest; halves onto halves.
#[inline(always)]
fn fold<const LARGEST: bool>(values: &[f32]) -> f32 {
    let mut all = [0.0; 16];
    all[..values.len()].copy_from_slice(values);
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            let (a, b) = (all[lane], all[lane + half]);
            all[lane] = if (b > a) == LARGEST { b } else { a };
        }
    }
    all[0]
}
