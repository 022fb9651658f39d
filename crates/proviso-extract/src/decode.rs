//! Spans from the scores of one category: every clause, not only the best one.

use crate::merge::{Boundary, CategoryScores};

/// Longest span in tokens; of CUAD's answers fewer than one in a hundred are longer.
const LONGEST_SPAN: usize = 350;
/// The most probable starts that are tried, for a text of ordinary length.
const STARTS: usize = 100;
/// A long text has one more start tried, and one more span kept, for each so many tokens.
const TOKENS_PER_START: usize = 1000;
/// The most probable ends that are tried with each start.
const ENDS: usize = 12;
/// Most spans of one category in a text of ordinary length.
const SPANS: usize = 60;
/// Spans that score less are dropped. Deep lists cost little and matter: recall that the lowest scores do not reach counts as
/// nothing in CUAD's figures, and the dial for what may be missed looks down there.
const SCORE_FLOOR: f32 = 0.0005;
/// Weight of a start's and of an end's probability in the logarithm of a span's score, chosen for AUPR on dev.
const BOUNDARY_WEIGHT: f32 = 0.3;
/// Weight of the mean inside probability.
const INSIDE_WEIGHT: f32 = 1.0 - 2.0 * BOUNDARY_WEIGHT;

/// A span of tokens, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub first: usize,
    pub last: usize,
    pub score: f32,
}

/// The spans of a category, best first, none overlapping another. A span's score is a weighted
/// geometric mean of its start and end probabilities and of the geometric mean of its inside probabilities.
pub(crate) fn decode(scores: &CategoryScores) -> Vec<Span> {
    let long = scores.log_inside.len() / TOKENS_PER_START;
    let mut candidates = candidates(scores, STARTS.max(long));
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.first.cmp(&b.first)));
    let mut kept: Vec<Span> = Vec::new();
    for span in candidates {
        if kept.len() == SPANS.max(long) {
            break;
        }
        if kept.iter().all(|other| span.last < other.first || other.last < span.first) {
            kept.push(span);
        }
    }
    kept
}

fn candidates(scores: &CategoryScores, most_starts: usize) -> Vec<Span> {
    let sums = running_sums(&scores.log_inside);
    let mut candidates = Vec::new();
    for start in most_probable(&scores.starts, most_starts) {
        let reach = start.token + LONGEST_SPAN;
        let from = scores.ends.partition_point(|end| end.token < start.token);
        let to = scores.ends.partition_point(|end| end.token < reach);
        for end in most_probable(&scores.ends[from..to], ENDS) {
            let length = (end.token + 1 - start.token) as f64;
            let mean = ((sums[end.token + 1] - sums[start.token]) / length) as f32;
            let boundaries = (start.probability * end.probability).powf(BOUNDARY_WEIGHT);
            let score = boundaries * (INSIDE_WEIGHT * mean).exp();
            if score >= SCORE_FLOOR {
                candidates.push(Span { first: start.token, last: end.token, score });
            }
        }
    }
    candidates
}

/// The sum of all values before each place, and of all.
fn running_sums(values: &[f32]) -> Vec<f64> {
    let mut sum = 0.0;
    let next = values.iter().map(|&value| {
        sum += f64::from(value);
        sum
    });
    std::iter::once(0.0).chain(next).collect()
}

fn most_probable(boundaries: &[Boundary], count: usize) -> Vec<Boundary> {
    let mut sorted = boundaries.to_vec();
    sorted.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    sorted.truncate(count);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(tokens: usize, spans: &[(usize, usize, f32)]) -> CategoryScores {
        let mut log_inside = vec![1e-4_f32.ln(); tokens];
        for &(first, last, p) in spans {
            log_inside[first..=last].fill(p.ln());
        }
        let starts = spans.iter().map(|&(first, _, p)| Boundary { token: first, probability: p }).collect();
        let ends = spans.iter().map(|&(_, last, p)| Boundary { token: last, probability: p }).collect();
        CategoryScores { starts, ends, log_inside, evidence: Vec::new() }
    }

    #[test]
    fn every_clause_of_a_category_is_found_best_first() {
        let spans = decode(&scores(2000, &[(10, 60, 0.5), (500, 501, 0.9), (1900, 1999, 0.7)]));
        let found: Vec<_> = spans.iter().map(|span| (span.first, span.last)).collect();
        assert_eq!(found, [(500, 501), (1900, 1999), (10, 60)]);
        // Start, end and inside all 0.9: so is their mean.
        assert!((spans[0].score - 0.9).abs() < 1e-5);
    }

    #[test]
    fn spans_do_not_overlap() {
        let mut overlapping = scores(100, &[(10, 30, 0.9)]);
        overlapping.starts.push(Boundary { token: 20, probability: 0.8 });
        overlapping.ends.insert(0, Boundary { token: 25, probability: 0.7 });
        assert_eq!(decode(&overlapping).len(), 1);
        assert_eq!((decode(&overlapping)[0].first, decode(&overlapping)[0].last), (10, 30));
    }

    #[test]
    fn a_gap_between_two_clauses_is_not_bridged() {
        let spans = decode(&scores(200, &[(10, 30, 0.9), (60, 80, 0.9)]));
        assert!(spans.iter().all(|span| span.last - span.first == 20), "{spans:?}");
        assert_eq!(spans.len(), 2);
    }

    #[test]
    fn nothing_probable_means_no_span() {
        assert!(decode(&scores(50, &[])).is_empty());
        assert!(decode(&CategoryScores::default()).is_empty());
    }
}
