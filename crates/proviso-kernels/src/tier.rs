//! The instruction sets that kernels exist for, and which of them this CPU has.

use std::{env, fmt, sync::OnceLock};

use rten_simd::{SimdOp, isa::GenericIsa};

/// A set of kernels. Later ones are faster where a CPU has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Any CPU: plain code, but f32 by NEON on 64-bit ARM.
    Portable,
    /// NEON with dot products of 8-bit integers.
    NeonDotprod,
    /// NEON with products of matrices of 8-bit integers.
    NeonI8mm,
    /// AVX2 with FMA.
    Avx2,
    /// AVX-512 without 8-bit dot products: f32 by AVX-512, integers by AVX2.
    Avx512,
    /// AVX2 with 256-bit dot products of 8-bit integers.
    AvxVnni,
    /// AVX-512 with 512-bit dot products of 8-bit integers.
    Avx512Vnni,
    /// AVX-512 with Intel's matrix tiles.
    Amx,
}

/// The environment variable that forces a tier, by its name.
pub const FORCE_TIER: &str = "PROVISO_CPU";

/// A tier was forced that does not exist or that this CPU does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{FORCE_TIER} asks for `{asked}`; this processor has: {available}")]
pub struct NoSuchTier {
    /// What was asked for.
    pub asked: String,
    /// The names that would do.
    pub available: String,
}

/// How the f32 operations of a tier are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Floats {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Tier {
    /// All tiers, slowest first.
    pub const ALL: [Self; 8] = [
        Self::Portable,
        Self::NeonDotprod,
        Self::NeonI8mm,
        Self::Avx2,
        Self::Avx512,
        Self::AvxVnni,
        Self::Avx512Vnni,
        Self::Amx,
    ];

    /// The name by which a tier is forced and reported.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::NeonDotprod => "neon-dotprod",
            Self::NeonI8mm => "neon-i8mm",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::AvxVnni => "avx-vnni",
            Self::Avx512Vnni => "avx512-vnni",
            Self::Amx => "amx",
        }
    }

    /// The name of the instruction set that f32 products run with.
    pub fn float_name(self) -> &'static str {
        match self.floats() {
            Floats::Portable if cfg!(target_arch = "aarch64") => "neon",
            Floats::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Floats::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Floats::Avx512 => "avx512",
        }
    }

    /// Whether this CPU and its operating system have what the tier needs.
    #[cfg(target_arch = "x86_64")]
    pub fn is_available(self) -> bool {
        let avx2 = || rten_simd::isa::Avx2Isa::new().is_some();
        let avx512 = || rten_simd::isa::Avx512Isa::new().is_some();
        match self {
            Self::Portable => true,
            Self::NeonDotprod | Self::NeonI8mm => false,
            Self::Avx2 => avx2(),
            Self::Avx512 => avx2() && avx512(),
            Self::AvxVnni => avx2() && is_x86_feature_detected!("avxvnni"),
            Self::Avx512Vnni => avx2() && avx512() && is_x86_feature_detected!("avx512vnni"),
            Self::Amx => Self::Avx512Vnni.is_available() && crate::int8::amx_is_available(),
        }
    }

    /// Whether this CPU and its operating system have what the tier needs.
    #[cfg(target_arch = "aarch64")]
    pub fn is_available(self) -> bool {
        use std::arch::is_aarch64_feature_detected;
        match self {
            Self::Portable => true,
            Self::NeonDotprod => is_aarch64_feature_detected!("dotprod"),
            Self::NeonI8mm => is_aarch64_feature_detected!("i8mm"),
            Self::Avx2 | Self::Avx512 | Self::AvxVnni | Self::Avx512Vnni | Self::Amx => false,
        }
    }

    /// Whether this CPU and its operating system have what the tier needs.
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    pub fn is_available(self) -> bool {
        self == Self::Portable
    }

    /// The tiers that can be used here, slowest first.
    pub fn available() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|tier| tier.is_available())
    }

    /// The tier to use: the one that [`FORCE_TIER`] names, else the fastest. Decided once in a process.
    ///
    /// # Errors
    /// If a tier is forced that is not to be had.
    pub fn current() -> Result<Self, NoSuchTier> {
        static CURRENT: OnceLock<Result<Tier, NoSuchTier>> = OnceLock::new();
        CURRENT.get_or_init(|| Self::choose(env::var(FORCE_TIER).ok().as_deref())).clone()
    }

    /// The available tier of that name, or the fastest where none is asked for.
    fn choose(asked: Option<&str>) -> Result<Self, NoSuchTier> {
        let found = match asked {
            None | Some("" | "auto") => Self::available().last(),
            Some(name) => Self::available().find(|tier| tier.name() == name),
        };
        found.ok_or_else(|| NoSuchTier {
            asked: asked.unwrap_or_default().to_owned(),
            available: Self::available().map(Self::name).collect::<Vec<_>>().join(", "),
        })
    }

    fn floats(self) -> Floats {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 | Self::AvxVnni => Floats::Avx2,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 | Self::Avx512Vnni | Self::Amx => Floats::Avx512,
            _ => Floats::Portable,
        }
    }

    /// Numbers in an f32 vector of this tier.
    pub(crate) fn lanes(self) -> usize {
        struct Lanes;
        impl SimdOp for Lanes {
            type Output = usize;
            #[inline(always)]
            fn eval<I: rten_simd::Isa>(self, isa: I) -> usize {
                use rten_simd::ops::BitOps;
                isa.f32().len()
            }
        }
        self.run(Lanes)
    }

    /// Runs an operation with the vector instructions of this tier.
    ///
    /// # Panics
    /// If the CPU does not have them.
    pub(crate) fn run<Op: SimdOp>(self, operation: Op) -> Op::Output {
        match self.floats() {
            Floats::Portable => on_portable(operation),
            #[cfg(target_arch = "x86_64")]
            Floats::Avx2 => {
                let isa = rten_simd::isa::Avx2Isa::new().expect("a tier is only used where it is available");
                // SAFETY: the instruction set was found.
                unsafe { on_avx2(isa, operation) }
            }
            #[cfg(target_arch = "x86_64")]
            Floats::Avx512 => {
                let isa =
                    rten_simd::isa::Avx512Isa::new().expect("a tier is only used where it is available");
                // SAFETY: the instruction set was found.
                unsafe { on_avx512(isa, operation) }
            }
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

fn on_portable<Op: SimdOp>(operation: Op) -> Op::Output {
    #[cfg(target_arch = "aarch64")]
    if let Some(isa) = rten_simd::isa::ArmNeonIsa::new() {
        return operation.eval(isa);
    }
    operation.eval(GenericIsa::new())
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,f16c")]
unsafe fn on_avx2<Op: SimdOp>(isa: rten_simd::isa::Avx2Isa, operation: Op) -> Op::Output {
    operation.eval(isa)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,f16c,fma")]
unsafe fn on_avx512<Op: SimdOp>(isa: rten_simd::isa::Avx512Isa, operation: Op) -> Op::Output {
    operation.eval(isa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_chosen_by_name_or_by_speed() {
        assert_eq!(Tier::choose(None).unwrap(), Tier::available().last().unwrap());
        assert_eq!(Tier::choose(Some("portable")).unwrap(), Tier::Portable);
        let error = Tier::choose(Some("mmx")).unwrap_err();
        assert!(error.to_string().contains("`mmx`") && error.to_string().contains("portable"), "{error}");
    }
}
