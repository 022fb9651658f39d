//! Graphics adapters, as the operating system lists them.

use crate::hardware::{Gpu, GpuKind};

/// A graphics adapter.
pub(super) struct Adapter {
    /// What is known of it. Its number is given in [`beside`].
    pub(super) gpu: Gpu,
    /// Whether NVIDIA's driver may know it too, and better.
    pub(super) is_nvidia: bool,
}

impl Adapter {
    /// An adapter that is named, but on which models cannot be run.
    pub(super) fn named(name: String) -> Self {
        let gpu = Gpu {
            kind: GpuKind::Other,
            index: 0,
            name,
            memory_mb: None,
            free_mb: None,
            unified_memory: false,
            driver: None,
            compute_capability: None,
        };
        Self { gpu, is_nvidia: false }
    }
}

/// What NVIDIA's driver knows, and after it the adapters that it does not know. Where it knows nothing, because it is not
/// there or does not work, its cards are among those on which models cannot be run.
pub(super) fn beside(mut nvidia: Vec<Gpu>, mut adapters: Vec<Adapter>) -> Vec<Gpu> {
    adapters.retain(|adapter| nvidia.is_empty() || !adapter.is_nvidia);
    let gpus = adapters.into_iter().enumerate().map(|(index, adapter)| Gpu { index, ..adapter.gpu });
    nvidia.extend(gpus);
    nvidia
}
