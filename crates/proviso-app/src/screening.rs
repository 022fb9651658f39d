//! What a span tagger would leave for a model that answers questions, measured on contracts whose clauses are known.

use proviso_extract::scoring::{
    Contract, ScreenPair, ScreeningReport, choose_screen_threshold, read_for, screen_pairs, screening_report,
};
use serde::Serialize;

use crate::{
    AppError, Cancel, Reader,
    reading::{Course, tag},
};

/// Tokens of a passage beside a question of usual length in a pass of 512.
const WINDOW: usize = 450;
/// Tokens from one passage to the next, as a reading at usual speed has it.
const STRIDE: usize = 255;
/// Parts into which the contracts are cut: thresholds chosen on all others are tried on each.
const FOLDS: usize = 6;

/// A threshold, and what it does.
#[derive(Debug, Clone, Serialize)]
pub struct Screened {
    /// Chosen on all contracts.
    pub threshold: f32,
    /// What thresholds so chosen do on contracts that they were not chosen on, by six-fold cross-validation.
    pub held_out: ScreeningReport,
    /// What it does on the contracts that it was chosen on.
    pub chosen_on: ScreeningReport,
}

/// Chooses the highest threshold that keeps `recall` of the windows with an answer. `on_contract` hears how many contracts have
/// been read.
///
/// # Errors
/// If the model fails.
pub fn measure_screening(
    reader: &Reader,
    contracts: &[Contract],
    recall: f64,
    on_contract: &dyn Fn(usize),
) -> Result<Screened, AppError> {
    let mut pairs: Vec<Vec<ScreenPair>> = Vec::with_capacity(contracts.len());
    for contract in contracts {
        let (model, plan, text) = (&reader.model, &reader.plan, contract.text.as_str());
        let tokens = model.tokenizer.encode(text)?;
        let (tagged, _) = tag(model, plan, text, &tokens, Course::to_the_end(&Cancel::default()))?;
        let windows = read_for(&tokens, WINDOW, STRIDE);
        pairs.push(screen_pairs(contract, &windows, &tagged.evidence));
        on_contract(pairs.len());
    }
    let all = pairs.concat();
    let threshold = choose_screen_threshold(&all, recall);
    let chosen_on = screening_report(&all, threshold);
    Ok(Screened { threshold, held_out: cross_validated(&pairs, recall), chosen_on })
}

/// Each contract judged by thresholds that were chosen without its part.
fn cross_validated(contracts: &[Vec<ScreenPair>], recall: f64) -> ScreeningReport {
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let in_fold = |index: usize| index % FOLDS == fold;
        let part = |wanted: bool| -> Vec<ScreenPair> {
            let chosen = contracts.iter().enumerate().filter(|(index, _)| in_fold(*index) == wanted);
            chosen.flat_map(|(_, pairs)| pairs.iter().copied()).collect()
        };
        let threshold = choose_screen_threshold(&part(false), recall);
        // Relative to its own threshold a pair of any fold can be judged together with the others.
        judged.extend(
            part(true).into_iter().map(|pair| ScreenPair {
                evidence: if pair.evidence >= threshold { 1.0 } else { 0.0 },
                ..pair
            }),
        );
    }
    screening_report(&judged, 0.5)
}

#[cfg(test)]
mod tests {
    use proviso_core::Category;

    use super::*;

    #[test]
    fn a_contract_is_judged_by_thresholds_of_the_others() {
        // In each contract the answer stands where the most evidence is, but one contract shows little of it.
        let contract = |most: f32| {
            let pair =
                |evidence, holds_answer| ScreenPair { category: Category::Insurance, evidence, holds_answer };
            vec![pair(most, true), pair(most / 2.0, false), pair(most / 4.0, false)]
        };
        let contracts: Vec<_> = (0..30).map(|index| contract(if index == 7 { 0.1 } else { 0.8 })).collect();
        let report = cross_validated(&contracts, 1.0);
        // The one is lost by thresholds of the others; those with it among them keep more.
        assert!((report.recall - 29.0 / 30.0).abs() < 1e-9, "{report:?}");
        assert!(report.kept > 1.0 / 3.0);
    }
}
