//! Spans from the highest logits of a text's windows, as transformers' SQuAD script takes them.

use std::sync::Arc;

use proviso_encoder::Window;

use super::peaks::Peaks;

/// A window with what is known of the pass that it was read in.
pub(super) type ReadWindow = (Window, Arc<Peaks>);

/// A possible answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AnswerSpan {
    /// The text's token that it begins with.
    pub first: usize,
    /// Its last token.
    pub last: usize,
    pub start_logit: f32,
    pub end_logit: f32,
    /// The sum of the logits of its own window's not having an answer.
    pub no_answer: f64,
}

impl AnswerSpan {
    /// Summed as the script does, whose numbers are f64.
    pub fn score(&self) -> f64 {
        f64::from(self.start_logit) + f64::from(self.end_logit)
    }

    /// How much more likely the window has this answer than none, in logits.
    pub fn margin(&self) -> f64 {
        self.score() - self.no_answer
    }
}

/// All spans of at most `longest` tokens that one question's windows allow, window by window: each of a window's best starts with
/// each of its best ends. A start counts in that window only where it has the most text around it, so that overlapping
/// windows do not propose the same span twice, and none is judged from the edge of a window where another sees it whole.
///
/// `read` are the windows in the order of the text; some may be missing.
pub(super) fn spans(read: &[ReadWindow], longest: usize) -> impl Iterator<Item = AnswerSpan> {
    read.iter().enumerate().flat_map(move |(index, (window, peaks))| {
        let own = peaks
            .starts
            .iter()
            .filter(move |start| owner(read, window.first + start.token as usize) == index);
        own.flat_map(move |start| {
            let fits = move |end: u32| start.token <= end && ((end - start.token) as usize) < longest;
            let ends = peaks.ends.iter().filter(move |end| fits(end.token));
            ends.map(move |end| AnswerSpan {
                first: window.first + start.token as usize,
                last: window.first + end.token as usize,
                start_logit: start.logit,
                end_logit: end.logit,
                no_answer: f64::from(peaks.no_answer.0) + f64::from(peaks.no_answer.1),
            })
        })
    })
}

/// The window in which a token has the most text on its poorer side, a hundredth of the window's length in addition; of equals
/// the first. `token_is_max_context` in the script.
fn owner(read: &[ReadWindow], token: usize) -> usize {
    let from = read.partition_point(|(window, _)| window.first + window.len <= token);
    let around = read[from..].iter().take_while(|(window, _)| window.first <= token);
    let context = |window: Window| {
        let poorer_side = (token - window.first).min(window.first + window.len - 1 - token);
        100 * poorer_side + window.len
    };
    let mut best = (from, 0);
    for (index, (window, _)) in (from..).zip(around) {
        let context = context(*window);
        if context > best.1 {
            best = (index, context);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use proviso_encoder::{Logits, cut_windows};

    use super::*;

    /// Windows in which every token is as good as any other.
    fn level(windows: impl IntoIterator<Item = Window>) -> Vec<ReadWindow> {
        let peaks = |len| Arc::new(Peaks::of(&Logits::new(2, vec![0.0; 2 * (len + 1)]), len + 1));
        windows.into_iter().map(|window| (window, peaks(window.len))).collect()
    }

    #[test]
    fn a_start_counts_where_it_has_most_around_it() {
        let read = level(cut_windows(14, 6, 4));
        let starts: Vec<Vec<usize>> = (0..read.len())
            .map(|index| (0..14).filter(|&token| owner(&read, token) == index).collect())
            .collect();
        // 0..6, 4..10 and 8..14: tokens 4 and 5 are 1 and 0 from the first window's end, 0 and 1 from the second's begin.
        assert_eq!(starts, [vec![0, 1, 2, 3, 4], vec![5, 6, 7, 8], vec![9, 10, 11, 12, 13]]);
        // A token whose better window is missing counts in the other.
        let rest = [read[0].clone(), read[2].clone()];
        assert_eq!(owner(&rest, 5), 0);
        assert_eq!(owner(&rest, 8), 1);
    }

    #[test]
    fn a_longer_window_is_worth_a_hundredth_of_a_token_each() {
        let read = level([Window { first: 0, len: 5 }, Window { first: 2, len: 6 }]);
        // Token 3 is 1 from either edge.
        assert_eq!(owner(&read, 3), 1);
    }

    #[test]
    fn spans_run_forwards_and_are_not_too_long() {
        let read = level(cut_windows(5, 5, 5));
        let found: Vec<_> = spans(&read, 2).map(|span| (span.first, span.last)).collect();
        assert_eq!(found, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4)]);
    }
}
