//! The logits of overlapping windows merged into one score for every token, category and kind.

use proviso_encoder::{Logits, Window};

use crate::evidence::Strength;

/// Starts and ends less probable than this are never part of a span.
pub(crate) const BOUNDARY_FLOOR: f32 = 0.0002;

/// Inside probabilities below this count as this, so that one doubtful token does not veto a span.
const INSIDE_FLOOR: f32 = 1e-4;

/// A token where a span may start or end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Boundary {
    pub token: usize,
    pub probability: f32,
}

/// What a text's windows say about one category.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CategoryScores {
    /// Tokens that may begin a span, in order.
    pub starts: Vec<Boundary>,
    /// Tokens that may end a span, in order.
    pub ends: Vec<Boundary>,
    /// For every token the logarithm of the probability that it lies inside of a span.
    pub log_inside: Vec<f32>,
    /// For every token what speaks for the category there.
    pub evidence: Vec<Strength>,
}

/// Averages the probabilities of overlapping windows, token by token. A token counts less in a window at whose edge
/// it stands, where the model sees only one side of it.
///
/// Windows must come in the order in which they were cut. Memory grows by 6 bytes a token and category.
pub(crate) struct WindowMerger {
    /// Distance from the edge at which a token counts fully.
    full_weight_at: usize,
    categories: Vec<CategoryScores>,
    /// Sums of weighted probabilities of the tokens that later windows may still add to; the first is `settled`.
    open: Vec<TokenSum>,
    settled: usize,
}

#[derive(Clone)]
struct TokenSum {
    weight: f32,
    /// `[start, end, inside][category]`
    probabilities: Vec<f32>,
}

impl WindowMerger {
    pub(crate) fn new(categories: usize, full_weight_at: usize) -> Self {
        Self {
            full_weight_at,
            categories: vec![CategoryScores::default(); categories],
            open: Vec::new(),
            settled: 0,
        }
    }

    pub(crate) fn add(&mut self, window: Window, logits: &Logits) {
        self.settle_before(window.first);
        let categories = self.categories.len();
        for position in 0..window.len {
            let index = window.first + position - self.settled;
            if index == self.open.len() {
                self.open.push(TokenSum { weight: 0.0, probabilities: vec![0.0; 3 * categories] });
            }
            let weight = (position + 1).min(window.len - position).min(self.full_weight_at) as f32;
            let sum = &mut self.open[index];
            sum.weight += weight;
            let kinds = sum.probabilities.chunks_exact_mut(categories);
            for (sums, logits) in kinds.zip(logits.row(position).chunks_exact(categories)) {
                for (sum, logit) in sums.iter_mut().zip(logits) {
                    *sum += weight * sigmoid(*logit);
                }
            }
        }
    }

    /// The scores of each category, in the order of the model's labels.
    pub(crate) fn finish(mut self) -> Vec<CategoryScores> {
        self.settle_before(self.settled + self.open.len());
        self.categories
    }

    /// No later window reaches tokens before `token`: their averages are final.
    fn settle_before(&mut self, token: usize) {
        let count = self.categories.len();
        for sum in self.open.drain(..token - self.settled) {
            for (index, scores) in self.categories.iter_mut().enumerate() {
                let average = |kind: usize| sum.probabilities[kind * count + index] / sum.weight;
                let boundary = |probability| Boundary { token: self.settled, probability };
                let (start, end, inside) = (average(0), average(1), average(2));
                if start > BOUNDARY_FLOOR {
                    scores.starts.push(boundary(start));
                }
                if end > BOUNDARY_FLOOR {
                    scores.ends.push(boundary(end));
                }
                scores.evidence.push(Strength::of(start.max(end).max(inside)));
                // What is no number counts as the floor: one such token must not cost all clauses behind it.
                let inside = if inside > INSIDE_FLOOR { inside.min(1.0) } else { INSIDE_FLOOR };
                scores.log_inside.push(inside.ln());
            }
            self.settled += 1;
        }
    }
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use proviso_encoder::cut_windows;

    use super::*;

    /// One category; every token of window `w` has the same logit for all kinds.
    fn merged(
        tokens: usize,
        length: usize,
        stride: usize,
        logit_of: impl Fn(usize) -> f32,
    ) -> CategoryScores {
        let mut merger = WindowMerger::new(1, 2);
        for (index, window) in cut_windows(tokens, length, stride).into_iter().enumerate() {
            merger.add(window, &Logits::new(3, vec![logit_of(index); 3 * window.len]));
        }
        merger.finish().remove(0)
    }

    #[test]
    fn windows_that_agree_give_what_each_gives() {
        for stride in [1, 2, 4] {
            let scores = merged(11, 4, stride, |_| 0.0);
            assert_eq!(scores.starts.len(), 11);
            assert!(scores.starts.iter().enumerate().all(|(i, b)| b.token == i && b.probability == 0.5));
            assert!(scores.log_inside.iter().all(|log| (log - 0.5_f32.ln()).abs() < 1e-6));
        }
    }

    #[test]
    fn the_middle_of_a_window_outweighs_the_edge_of_another() {
        // Tokens 0..4 and 2..6; the first window is sure of yes, the second of no.
        let scores = merged(6, 4, 2, |window| if window == 0 { 30.0 } else { -30.0 });
        // Token 2 is second from the first window's end (weight 2) and the second window's first (weight 1).
        let expected = [1.0, 1.0, 2.0 / 3.0, 1.0 / 3.0];
        for (boundary, expected) in scores.ends.iter().zip(expected) {
            assert!((boundary.probability - expected).abs() < 1e-5, "{boundary:?}");
        }
        assert_eq!(scores.ends.len(), 4, "improbable ends are left out");
        assert_eq!(scores.log_inside.len(), 6);
        let evidence: Vec<_> = scores.evidence.iter().map(|strength| strength.probability()).collect();
        assert_eq!(evidence.len(), 6);
        assert!((evidence[2] - 2.0 / 3.0).abs() < 1e-4 && evidence[5] < 1e-4, "{evidence:?}");
    }

    #[test]
    fn a_text_without_tokens_has_no_scores() {
        assert_eq!(WindowMerger::new(2, 64).finish(), vec![CategoryScores::default(); 2]);
    }
}
