//! How many answers are right, against those that CUAD's annotators derived.

use std::collections::BTreeMap;

use proviso_answers::Answers;
use proviso_core::{AnswerFormat, Category};
use serde::Serialize;

use super::{Interval, intervals};

mod gold;
mod same;

pub use gold::{GoldAnswers, GoldError, load_answers};
pub use same::is_same;

/// Resamples of the intervals, and what they are drawn by.
const SAMPLES: usize = 2000;
const SEED: u64 = 41;

/// What was answered of a contract, beside what its annotators answered.
#[derive(Debug, Clone)]
pub struct AnsweredContract<'a> {
    /// CUAD's name of it.
    pub title: &'a str,
    /// The annotators' answers by category, as they wrote them; empty where they gave none.
    pub gold: &'a BTreeMap<Category, String>,
    /// Ours.
    pub found: Answers,
}

/// The figures of answers over many contracts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerReport {
    /// Contracts whose answers are known.
    pub contracts: usize,
    /// The share of right answers by category, where CUAD derives more than yes or no.
    pub per_category: BTreeMap<&'static str, AnswerAccuracy>,
    /// F1 of Yes, averaged over the yes-or-no categories that any of the contracts has.
    pub yes_no_macro_f1: Interval,
    /// F1 of Yes in each of them.
    pub yes_no_f1: BTreeMap<&'static str, f64>,
}

/// How many answers of a category are right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AnswerAccuracy {
    /// Contracts to which the annotators gave an answer.
    pub answered: usize,
    /// The share of those to which ours is the same.
    pub accuracy: Interval,
    /// The share of all contracts in which ours is the same, or neither gives any.
    pub of_all: f64,
}

/// An answer that is not the annotators', to be read by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrongAnswer {
    /// The contract.
    pub title: String,
    /// The category.
    pub category: &'static str,
    /// What the annotators wrote; empty where they gave no answer.
    pub gold: String,
    /// Ours; empty where there is none.
    pub found: String,
}

/// Whether one contract's answer is right, and whether the annotators gave any.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    has_gold: bool,
    is_right: bool,
}

/// Yes or no, by the annotators and by us.
type YesNo = (bool, bool);

struct Judged {
    verdicts: BTreeMap<Category, Verdict>,
    yes_no: BTreeMap<Category, YesNo>,
}

/// Counts the right answers. Intervals are those of the bootstrap over contracts.
pub fn score_answers(contracts: &[AnsweredContract<'_>]) -> AnswerReport {
    let judged: Vec<Judged> = contracts.iter().map(judge).collect();
    let derived = Category::ALL.into_iter().filter(|category| is_derived(*category));
    let per_category = derived.map(|category| (category.name(), accuracy(&judged, category))).collect();
    let all: Vec<&Judged> = judged.iter().collect();
    let yes_no_f1 = f1_of_yes(&all).map(|(category, f1)| (category.name(), f1)).collect();
    let [yes_no_macro_f1] =
        intervals(&judged, SAMPLES, SEED, |drawn| [mean(f1_of_yes(drawn).map(|(_, f1)| f1))]);
    AnswerReport { contracts: contracts.len(), per_category, yes_no_macro_f1, yes_no_f1 }
}

/// The answers that are wrong, and those that are none where one was given or the other way round.
pub fn wrong_answers(contracts: &[AnsweredContract<'_>]) -> Vec<WrongAnswer> {
    let mut wrong = Vec::new();
    for contract in contracts {
        let judged = judge(contract);
        for (category, _) in judged.verdicts.iter().filter(|(_, verdict)| !verdict.is_right) {
            let found = contract.found.of_contract.get(category);
            wrong.push(WrongAnswer {
                title: contract.title.to_owned(),
                category: category.name(),
                gold: contract.gold.get(category).cloned().unwrap_or_default(),
                found: found.map(ToString::to_string).unwrap_or_default(),
            });
        }
    }
    wrong
}

/// Whether more is derived than that there is such a clause.
fn is_derived(category: Category) -> bool {
    category.answer_format() != AnswerFormat::YesNo
}

fn judge(contract: &AnsweredContract<'_>) -> Judged {
    let mut judged = Judged { verdicts: BTreeMap::new(), yes_no: BTreeMap::new() };
    for (&category, gold) in contract.gold {
        let found = contract.found.of_contract.get(&category);
        if is_derived(category) {
            let has_gold = same::says_something(category, gold);
            let is_right = is_same(category, gold, found);
            judged.verdicts.insert(category, Verdict { has_gold, is_right });
        } else {
            let yes = |answer: &str| answer.trim().eq_ignore_ascii_case("yes");
            let found = found.is_some_and(|found| yes(&found.to_string()));
            judged.yes_no.insert(category, (yes(gold), found));
        }
    }
    judged
}

fn accuracy(judged: &[Judged], category: Category) -> AnswerAccuracy {
    let verdict = |judged: &Judged| judged.verdicts.get(&category).copied();
    let share = |verdicts: &mut dyn Iterator<Item = Verdict>| {
        mean(verdicts.map(|verdict| f64::from(u8::from(verdict.is_right))))
    };
    let with_gold = |drawn: &[&Judged]| {
        share(&mut drawn.iter().filter_map(|judged| verdict(judged)).filter(|verdict| verdict.has_gold))
    };
    let [accuracy] = intervals(judged, SAMPLES, SEED, |drawn| [with_gold(drawn)]);
    let all = || judged.iter().filter_map(verdict);
    AnswerAccuracy {
        answered: all().filter(|verdict| verdict.has_gold).count(),
        accuracy,
        of_all: share(&mut all()),
    }
}

/// Of the categories that any of the contracts has.
fn f1_of_yes<'a>(judged: &'a [&Judged]) -> impl Iterator<Item = (Category, f64)> + 'a {
    Category::ALL.into_iter().filter(|category| !is_derived(*category)).filter_map(move |category| {
        let (mut found, mut wrong, mut missed) = (0.0, 0.0, 0.0);
        for judged in judged {
            match judged.yes_no.get(&category) {
                Some((true, true)) => found += 1.0,
                Some((false, true)) => wrong += 1.0,
                Some((true, false)) => missed += 1.0,
                Some((false, false)) | None => {}
            }
        }
        (found + missed > 0.0).then(|| (category, 2.0 * found / (2.0 * found + wrong + missed)))
    })
}

/// NaN of nothing.
fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = numbers.fold((0_usize, 0.0), |(count, sum), number| (count + 1, sum + number));
    if count == 0 { f64::NAN } else { sum / count as f64 }
}

#[cfg(test)]
mod tests {
    use proviso_answers::{Clause, answers};
    use proviso_core::TextRange;

    use super::*;

    #[test]
    fn right_answers_are_counted_where_there_is_one() {
        let text = "governed by the laws of the State of Ohio";
        let clause = |category: Category| Clause {
            topic: category.into(),
            range: TextRange::new(0, text.len()),
            weight: 1.0,
            counts: true,
        };
        let found = answers(text, &[clause(Category::GoverningLaw), clause(Category::Insurance)]);
        let gold = |law: &str, insurance: &str, audit: &str| {
            BTreeMap::from([
                (Category::GoverningLaw, law.to_owned()),
                (Category::Insurance, insurance.to_owned()),
                (Category::AuditRights, audit.to_owned()),
            ])
        };
        let golds = [gold("Ohio", "Yes", "No"), gold("Texas", "No", "Yes"), gold("", "Yes", "No")];
        let contracts: Vec<_> =
            golds.iter().map(|gold| AnsweredContract { title: "x", gold, found: found.clone() }).collect();
        let report = score_answers(&contracts);
        let law = report.per_category["Governing Law"];
        assert_eq!((law.answered, law.accuracy.value), (2, 0.5));
        assert!((law.of_all - 1.0 / 3.0).abs() < 1e-12);
        // Insurance: two found, one wrong. Audit Rights: one missed. No other category is in these contracts.
        assert!((report.yes_no_f1["Insurance"] - 0.8).abs() < 1e-12);
        assert_eq!(report.yes_no_f1.len(), 2);
        assert!((report.yes_no_macro_f1.value - 0.4).abs() < 1e-12);
        assert!(report.yes_no_macro_f1.low <= 0.4 && report.yes_no_macro_f1.high >= 0.4);
        let wrong = wrong_answers(&contracts);
        assert_eq!(wrong.iter().map(|wrong| wrong.gold.as_str()).collect::<Vec<_>>(), ["Texas", ""]);
    }
}
