//! What NVIDIA's driver tells through its management library (NVML), which is loaded only if it is there.

use std::ffi::OsStr;

use nvml_wrapper::{Nvml, error::NvmlError};
use serde::{Deserialize, Serialize};

use super::{source::Source, units::megabytes};
use crate::hardware::{Gpu, GpuKind};

/// Where the library is beside the usual place, which is asked first.
#[cfg(windows)]
const ELSEWHERE: &str = "C:\\Program Files\\NVIDIA Corporation\\NVSMI\\nvml.dll";

/// Where the library is beside the usual place, which is asked first: on Windows' own Linux.
#[cfg(not(windows))]
const ELSEWHERE: &str = "/usr/lib/wsl/lib/libnvidia-ml.so.1";

/// The driver with its cards; what it did not tell is absent.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Answer {
    driver_version: Option<String>,
    cards: Vec<Card>,
}

/// One card.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Card {
    /// Its number in the order of the bus.
    index: u32,
    name: Option<String>,
    total_bytes: Option<u64>,
    free_bytes: Option<u64>,
    compute_capability: Option<(i32, i32)>,
}

/// The cards that the driver knows: none without a driver, or with one that does not work.
pub(super) fn cards(source: Source<'_>) -> Vec<Gpu> {
    let answer = match source {
        Source::ThisMachine => ask(None).or_else(|_| ask(Some(OsStr::new(ELSEWHERE)))).ok(),
        Source::Recorded(folder) => Source::recorded_answer(folder, "nvml.json"),
    };
    described(answer.unwrap_or_default())
}

/// Loads the library, at the usual place if none is given, and asks it. A card that has fallen off the bus, or that this
/// user may not see, is left out.
fn ask(library: Option<&OsStr>) -> Result<Answer, NvmlError> {
    let mut loading = Nvml::builder();
    if let Some(library) = library {
        loading.lib_path(library);
    }
    let nvml = loading.init()?;
    let card = |index| {
        let card = nvml.device_by_index(index).ok()?;
        let memory = card.memory_info().ok();
        Some(Card {
            index,
            name: card.name().ok(),
            total_bytes: memory.as_ref().map(|memory| memory.total),
            free_bytes: memory.as_ref().map(|memory| memory.free),
            compute_capability: card.cuda_compute_capability().ok().map(|is| (is.major, is.minor)),
        })
    };
    let cards = (0..nvml.device_count()?).filter_map(card).collect();
    Ok(Answer { driver_version: nvml.sys_driver_version().ok(), cards })
}

fn described(answer: Answer) -> Vec<Gpu> {
    let gpu = |card: Card| Gpu {
        kind: GpuKind::Nvidia,
        index: card.index as usize,
        name: card.name.unwrap_or_default(),
        memory_mb: card.total_bytes.map(megabytes),
        free_mb: card.free_bytes.map(|free| megabytes(free.min(card.total_bytes.unwrap_or(free)))),
        unified_memory: false,
        driver: answer.driver_version.clone(),
        compute_capability: card
            .compute_capability
            .and_then(|(major, minor)| Some((major.try_into().ok()?, minor.try_into().ok()?))),
    };
    answer.cards.into_iter().map(gpu).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_missing_or_broken_library_is_no_card() {
        assert!(ask(Some(OsStr::new("no-such-library"))).is_err());
        let mut broken = tempfile::NamedTempFile::new().unwrap();
        broken.write_all(b"\x7fELF and nothing more").unwrap();
        assert!(ask(Some(broken.path().as_os_str())).is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_library_of_something_else_is_no_card() {
        assert!(ask(Some(OsStr::new("libc.so.6"))).is_err());
    }

    #[test]
    fn what_the_driver_does_not_tell_is_absent() {
        let silent = Card {
            index: 1,
            name: None,
            total_bytes: None,
            free_bytes: None,
            compute_capability: Some((-1, 0)),
        };
        let gpus = described(Answer { driver_version: None, cards: vec![silent] });
        let [gpu] = gpus.as_slice() else { panic!("{gpus:?}") };
        assert_eq!((gpu.index, gpu.name.as_str(), gpu.memory_mb, gpu.free_mb), (1, "", None, None));
        assert_eq!((&gpu.driver, gpu.compute_capability), (&None, None));
    }
}
