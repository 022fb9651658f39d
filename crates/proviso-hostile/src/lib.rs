//! What tests give to the readers of strangers' and damaged files: copies with damage, the same for the same seed on every computer;
//! and how much memory reading takes.
//!
//! A file is damaged in the ways of its [`Kind`]: any file as bytes, texts (JSON, vocabularies) by their numbers, words and nesting too,
//! PDFs by their objects and names too. [`seeds`] says how long: a few seeds in every run of the tests, and as many as fit into
//! `PROVISO_DAMAGE_SECONDS` where a person sets that.
//!
//! Only tests depend on this crate.

mod bytes;
mod memory;
mod pdf;
mod seeds;
mod text;

use fastrand::Rng;

pub use memory::{Counting, peak};
pub use seeds::{Seeds, seeds};

/// A way to damage a file.
type Way = fn(&mut Vec<u8>, &mut Rng);

/// What a file is, for the ways in which it is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any file.
    Binary,
    /// Words, numbers and brackets.
    Text,
    /// A PDF.
    Pdf,
}

impl Kind {
    /// The ways that only such a file is damaged in.
    fn own_ways(self) -> &'static [Way] {
        match self {
            Self::Binary => &[],
            Self::Text => text::WAYS,
            Self::Pdf => pdf::WAYS,
        }
    }
}

/// A copy of a file with one to three kinds of damage.
pub fn damaged(kind: Kind, bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut random = Rng::with_seed(seed);
    let ways = [bytes::WAYS, kind.own_ways()].concat();
    let mut copy = bytes.to_vec();
    for _ in 0..random.usize(1..=3) {
        ways[random.usize(..ways.len())](&mut copy, &mut random);
    }
    copy
}

/// Below `end`; 0 where that is 0.
fn below(random: &mut Rng, end: usize) -> usize {
    if end == 0 { 0 } else { random.usize(..end) }
}

/// A part of so many bytes, at most `most` of them.
fn part(random: &mut Rng, bytes: usize, most: usize) -> std::ops::Range<usize> {
    let start = below(random, bytes);
    start..(start + random.usize(1..=most)).min(bytes)
}

/// Where something stands in a file.
fn places<'b>(bytes: &'b [u8], what: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes.windows(what.len()).enumerate().filter(move |(_, window)| *window == what).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_the_same_for_the_same_seed() {
        let bytes: Vec<u8> = (0..5000_u32).map(|n| n as u8).collect();
        for kind in [Kind::Binary, Kind::Text, Kind::Pdf] {
            assert_eq!(damaged(kind, &bytes, 7), damaged(kind, &bytes, 7));
            let differing = (0..50).filter(|&seed| damaged(kind, &bytes, seed) != bytes).count();
            assert!(differing > 40, "{differing} of 50 are damaged as {kind:?}");
        }
    }

    #[test]
    fn nothing_to_damage_is_no_reason_to_fail() {
        for seed in 0..300 {
            for kind in [Kind::Binary, Kind::Text, Kind::Pdf] {
                for bytes in [&b""[..], b"/", b"\"", b"1", b" obj"] {
                    damaged(kind, bytes, seed);
                }
            }
        }
    }
}
