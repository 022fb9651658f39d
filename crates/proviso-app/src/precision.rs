//! The plan's precision in the encoder's terms: the one place where both are named.

use proviso_encoder::Precision as EncoderPrecision;
use proviso_plan::Precision;

pub(crate) fn encoder_precision(planned: Precision) -> EncoderPrecision {
    match planned {
        Precision::F32 => EncoderPrecision::F32,
        Precision::F16 => EncoderPrecision::F16,
        Precision::Int8 => EncoderPrecision::Int8,
        Precision::Int8Static => EncoderPrecision::Int8Static,
        Precision::Int4 => EncoderPrecision::Int4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_call_a_level_the_same() {
        let encoders = Precision::ALL.map(encoder_precision);
        assert_eq!(encoders, EncoderPrecision::ALL);
        assert_eq!(encoders.map(EncoderPrecision::name), Precision::ALL.map(Precision::name));
    }
}
