//! What is applied to the outputs of a linear layer.

use rten_simd::{
    Isa, SimdUnaryOp,
    ops::{BitOps, NumOps},
};
use rten_vecmath::{ApproxGelu, Gelu, Tanh};

/// An activation function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// Nothing.
    Identity,
    /// GELU by the error function (Hendrycks and Gimpel, arXiv 1606.08415).
    Gelu,
    /// GELU with an absolute error below 5e-5, several times as fast: for results that are rounded to 8 bits.
    GeluCoarse,
    /// GELU by the hyperbolic tangent, which some models were trained with.
    GeluTanh,
    /// The larger of the value and zero.
    Relu,
    /// The hyperbolic tangent.
    Tanh,
}

impl Activation {
    #[inline(always)]
    pub(crate) fn apply<I: Isa>(self, isa: I, value: I::F32) -> I::F32 {
        match self {
            Self::Identity => value,
            Self::Gelu => Gelu {}.eval(isa, value),
            Self::GeluCoarse => gelu_coarse(isa, value),
            Self::GeluTanh => ApproxGelu {}.eval(isa, value),
            Self::Tanh => Tanh::default().eval(isa, value),
            Self::Relu => isa.f32().max(value, isa.f32().splat(0.0)),
        }
    }
}

/// `x / 2 * (1 + erf(x / sqrt(2)))` with `erf(z) = z * p(z^2)`, `p` a minimax fit of degree 8 on `|z| <= 2.95`, beyond which
/// `erf` is taken as constant.
#[inline(always)]
fn gelu_coarse<I: Isa>(isa: I, x: I::F32) -> I::F32 {
    const CONSTANT_FROM: f32 = 2.95;
    let ops = isa.f32();
    let z = ops.mul(x, ops.splat(std::f32::consts::FRAC_1_SQRT_2));
    let z = ops.max(ops.min(z, ops.splat(CONSTANT_FROM)), ops.splat(-CONSTANT_FROM));
    let square = ops.mul(z, z);
    let mut p = ops.splat(4.582_605_6e-8);
    for coefficient in [
        -2.124_314_7e-6,
        4.366_127_5e-5,
        -5.309_652e-4,
        4.322_128e-3,
        -2.531_640_2e-2,
        1.113_585_3e-1,
        -3.754_804e-1,
        1.128_298_3,
    ] {
        p = ops.mul_add(p, square, ops.splat(coefficient));
    }
    let half = ops.mul(x, ops.splat(0.5));
    ops.mul_add(half, ops.mul(z, p), half)
}

#[cfg(test)]
mod tests {
    use rten_simd::SimdOp;

    use super::*;
    use crate::Tier;

    struct Apply<'a>(Activation, &'a mut [f32]);

    impl SimdOp for Apply<'_> {
        type Output = ();

        #[inline(always)]
        fn eval<I: Isa>(self, isa: I) {
            let ops = isa.f32();
            for chunk in self.1.chunks_exact_mut(ops.len()) {
                ops.store(self.0.apply(isa, ops.load(chunk)), chunk);
            }
        }
    }

    #[test]
    fn the_coarse_gelu_is_near_the_exact_one() {
        for tier in Tier::available() {
            let mut exact: Vec<f32> = (-4096..4096).map(|i| i as f32 / 512.0).collect();
            let mut coarse = exact.clone();
            tier.run(Apply(Activation::Gelu, &mut exact));
            tier.run(Apply(Activation::GeluCoarse, &mut coarse));
            let differences = exact.iter().zip(&coarse).map(|(a, b)| (a - b).abs());
            let worst = differences.fold(0.0, f32::max);
            assert!(worst > 0.0 && worst < 6e-5, "{tier}: {worst}");
        }
    }
}
