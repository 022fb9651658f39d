//! Findings from the answers to a question: every clause, not only the best one.

use proviso_core::{Finding, TextRange, Topic};
use proviso_encoder::Tokens;

use super::spans::AnswerSpan;
use crate::snap::snap;

/// Most findings of one question in a text of ordinary length.
const MOST: usize = 20;
/// A long text has one more for each so many tokens.
const TOKENS_PER_FINDING: usize = 1000;
/// Answers of less confidence are dropped.
const CONFIDENCE_FLOOR: f64 = 0.01;

/// The answers that do not overlap a better one, by their place. The confidence of each is how likely the model holds it to be
/// one, there being no other choice than that its window has none: several clauses do not share one probability.
pub(super) fn clauses(topic: &Topic, text: &str, tokens: &Tokens, spans: &[AnswerSpan]) -> Vec<Finding> {
    let mut likely: Vec<(f64, &AnswerSpan)> = spans
        .iter()
        .map(|span| (1.0 / (1.0 + (-span.margin()).exp()), span))
        .filter(|(confidence, _)| *confidence >= CONFIDENCE_FLOOR)
        .collect();
    // By the margin: beyond 36 logits confidences are all 1.
    likely.sort_by(|(_, a), (_, b)| b.margin().total_cmp(&a.margin()).then(a.first.cmp(&b.first)));
    let most = MOST.max(tokens.len() / TOKENS_PER_FINDING);
    let mut kept: Vec<Finding> = Vec::new();
    for (confidence, span) in likely {
        if kept.len() == most {
            break;
        }
        let range = TextRange::new(tokens.ranges()[span.first].start, tokens.ranges()[span.last].end);
        let is_taken = |range: TextRange| kept.iter().any(|other| other.range.overlaps(&range));
        if is_taken(range) {
            continue;
        }
        // Whole words may reach into what was free without them.
        let range = snap(text, range, topic);
        if range.is_empty() || is_taken(range) {
            continue;
        }
        kept.push(Finding { topic: topic.clone(), range, confidence: confidence as f32, answer: None });
    }
    kept.sort_by_key(|finding| finding.range);
    kept
}

#[cfg(test)]
mod tests {
    use proviso_core::Category;
    use proviso_encoder::Token;

    use super::*;

    static TEXT: &str = "The Seller insures the goods. The Buyer insures the store.";

    fn found(topic: &Topic, spans: &[(usize, usize, f32, f64)]) -> Vec<(String, f32)> {
        let start_of = |word: &str| word.as_ptr() as usize - TEXT.as_ptr() as usize;
        let words = TEXT.split(' ').map(|word| TextRange::new(start_of(word), start_of(word) + word.len()));
        let tokens: Tokens = words.map(|range| Token { id: 0, range }).collect();
        let spans: Vec<_> = spans
            .iter()
            .map(|&(first, last, logit, no_answer)| AnswerSpan {
                first,
                last,
                start_logit: logit,
                end_logit: logit,
                no_answer,
            })
            .collect();
        let found = clauses(topic, TEXT, &tokens, &spans);
        found.into_iter().map(|f| (TEXT[f.range.start..f.range.end].to_owned(), f.confidence)).collect()
    }

    #[test]
    fn several_clauses_are_each_as_sure_as_if_they_were_alone() {
        let insurance = Category::Insurance.into();
        let spans =
            [(5, 9, 2.0, 1.0), (0, 4, 2.0, 1.0), (0, 2, 1.5, 1.0), (1, 4, 1.0, 1.0), (3, 3, -9.0, 1.0)];
        let clauses = found(&insurance, &spans);
        let words: Vec<_> = clauses.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(words, ["The Seller insures the goods.", "The Buyer insures the store."]);
        let expected = 1.0 / (1.0 + (-3.0_f32).exp());
        assert!(clauses.iter().all(|(_, confidence)| (confidence - expected).abs() < 1e-6), "{clauses:?}");
    }

    #[test]
    fn an_answer_is_measured_against_its_own_window_without_one() {
        let own = Topic::named("Store");
        // The first has the higher logits, but its window is even surer that it has no answer.
        let clauses = found(&own, &[(5, 8, 9.0, 20.0), (7, 9, 1.0, 0.0)]);
        assert_eq!(clauses.len(), 1);
        assert_eq!(clauses[0].0, "insures the store.");
        assert!(clauses[0].1 > 0.8);
        assert!(found(&own, &[(0, 3, 0.0, 8.0)]).is_empty(), "nobody wants to see what is nearly impossible");
    }

    #[test]
    fn words_that_tokens_share_belong_to_one_finding() {
        let range = |start, end| Token { id: 0, range: TextRange::new(start, end) };
        let tokens: Tokens = [range(0, 4), range(4, 9)].into_iter().collect();
        let span = |token, logit| AnswerSpan {
            first: token,
            last: token,
            start_logit: logit,
            end_logit: logit,
            no_answer: 0.0,
        };
        let found = clauses(&Topic::named("Rent"), "insurance", &tokens, &[span(0, 1.0), span(1, 2.0)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].range, TextRange::new(0, 9));
    }
}
