//! What is applied to the outputs of a linear layer.

use rten_simd::{Isa, SimdUnaryOp};
use rten_vecmath::{ApproxGelu, Gelu, Tanh};

/// An activation function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// Nothing.
    Identity,
    /// GELU by the error function (Hendrycks and Gimpel, arXiv 1606.08415).
    Gelu,
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
        use rten_simd::ops::{BitOps, NumOps};
        match self {
            Self::Identity => value,
            Self::Gelu => Gelu {}.eval(isa, value),
            Self::GeluTanh => ApproxGelu {}.eval(isa, value),
            Self::Tanh => Tanh::default().eval(isa, value),
            Self::Relu => isa.f32().max(value, isa.f32().splat(0.0)),
        }
    }
}
