//! What is kept of a pass: its highest logits.

use proviso_encoder::Logits;

/// A token of a window with its logit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Peak {
    /// Counted from the window's first.
    pub token: u32,
    pub logit: f32,
}

/// The tokens of a window where an answer most likely begins or ends, best first, and the logits of there being none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Peaks {
    /// Start and end at the special token that the pass begins with, in finite numbers.
    pub no_answer: (f32, f32),
    pub starts: Box<[Peak]>,
    pub ends: Box<[Peak]>,
}

impl Peaks {
    /// The `count` highest of all rows. The first is one of them and may take a place, though no answer begins or ends there.
    /// Logits that are no numbers, or infinite as those of masked tokens are, do not count.
    pub(crate) fn of(logits: &Logits, count: usize) -> Self {
        let no_answer = logits.row(0);
        Self {
            no_answer: (finite(no_answer[0]), finite(no_answer[1])),
            starts: highest(logits, 0, count),
            ends: highest(logits, 1, count),
        }
    }
}

/// A logit that is no number says nothing; an infinite one is as sure as a number can be.
fn finite(logit: f32) -> f32 {
    if logit.is_nan() { 0.0 } else { logit.clamp(f32::MIN, f32::MAX) }
}

/// Of equal logits the first.
fn highest(logits: &Logits, output: usize, count: usize) -> Box<[Peak]> {
    let mut rows: Vec<(usize, f32)> = (0..logits.rows())
        .map(|row| (row, logits.row(row)[output]))
        .filter(|(_, logit)| logit.is_finite())
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    rows.iter()
        .take(count)
        .filter(|(row, _)| *row > 0)
        .map(|&(row, logit)| Peak { token: row as u32 - 1, logit })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_takes_a_place_and_is_no_token() {
        let starts = [2.0, 1.0, 3.0, 1.0, f32::NAN, f32::NEG_INFINITY];
        let rows = starts.iter().flat_map(|&start| [start, -start]).collect();
        let peaks = Peaks::of(&Logits::new(2, rows), 3);
        assert_eq!(peaks.no_answer, (2.0, -2.0));
        assert_eq!(*peaks.starts, [Peak { token: 1, logit: 3.0 }, Peak { token: 0, logit: 1.0 }]);
        let ends = [(0, -1.0), (2, -1.0)].map(|(token, logit)| Peak { token, logit });
        assert_eq!(peaks.ends[..], ends);
    }
}
