//! Weights fetched before they are needed.

/// Operands up to this many bytes are in the second-level cache anyway.
const NEAR: usize = 512 << 10;

const CACHE_LINE: usize = 64;

/// Fetches a panel of weights into the second-level cache little by little, while the rows pass by the panel before it.
/// Weights come from far away and once a window, and the hardware's own fetching stops at every page of memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prefetch {
    /// Bytes that are fetched at a time; zero if nothing is.
    share: usize,
    panel_bytes: usize,
}

impl Prefetch {
    /// For an operand of `bytes` in panels of `panel_bytes`, each of which `tiles` tiles pass by.
    #[inline(always)]
    pub(crate) fn new(bytes: usize, panel_bytes: usize, tiles: usize) -> Self {
        let share =
            if bytes > NEAR { panel_bytes.div_ceil(tiles.max(1)).next_multiple_of(CACHE_LINE) } else { 0 };
        Self { share, panel_bytes }
    }

    /// Fetches the share of a tile, `tile` tiles after the first, of the panel at `next`.
    #[inline(always)]
    pub(crate) fn fetch<T>(&self, next: Option<*const T>, tile: usize) {
        let Some(next) = next else { return };
        let end = ((tile + 1) * self.share).min(self.panel_bytes);
        for offset in (tile * self.share..end).step_by(CACHE_LINE) {
            fetch_line(next.cast::<u8>().wrapping_add(offset));
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn fetch_line(place: *const u8) {
    use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
    // SAFETY: a hint; it reads nothing, whatever the place.
    unsafe { _mm_prefetch::<_MM_HINT_T1>(place.cast()) }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn fetch_line(_place: *const u8) {}
