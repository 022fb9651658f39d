//! The answers of a whole contract, and of each of its clauses.

use std::collections::BTreeMap;

use proviso_core::{AnswerFormat, Category, TextRange, Topic};

use crate::{
    Answer, Day, Party, Value,
    law::governing_law,
    party::parties,
    renewal::{notice, renewal},
    timeline::{Anchor, Anchors, day_of, effective_day, end_day},
    title::{title, whole_title},
    words::one_line,
};

/// A clause to be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What it is about.
    pub topic: Topic,
    /// Where it stands in the contract's text.
    pub range: TextRange,
    /// How sure it is that it is such a clause; where clauses differ, the surest decides.
    pub weight: f32,
    /// Whether the contract's answers rest on it too. Others are answered by themselves: those that are below their threshold,
    /// or rejected.
    pub counts: bool,
}

/// The answers of a contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// Of each clause, in the order in which they were given; none where nothing can be told from it.
    pub of_clauses: Vec<Option<Answer>>,
    /// Of the contract in each category; none where nothing can be told. Categories that are about whether there is such a
    /// clause have Yes or No.
    pub of_contract: BTreeMap<Category, Answer>,
}

/// Works out the answers of a contract from its text and clauses. A clause that lies outside of the text says nothing.
pub fn answers(text: &str, clauses: &[Clause]) -> Answers {
    let contract = Contract { text, clauses };
    let mut of_clauses: Vec<Option<Answer>> = vec![None; clauses.len()];
    let mut of_contract = BTreeMap::new();
    let mut anchors = Anchors::default();
    // Dates that are counted come behind those that they are counted from.
    for category in Category::ALL {
        let numbers = contract.numbers(category);
        let answered: Vec<(usize, Option<Answer>)> = match category {
            Category::Parties => contract.parties(&numbers),
            _ => {
                numbers.iter().map(|&number| (number, contract.answer(category, number, &anchors))).collect()
            }
        };
        let mut counted: Vec<(TextRange, Answer)> = answered
            .iter()
            .filter(|(number, _)| clauses[*number].counts)
            .filter_map(|(number, answer)| Some((clauses[*number].range, answer.clone()?)))
            .collect();
        let is_open = category.answer_format() == AnswerFormat::Date
            && counted.iter().all(|(_, answer)| firmness(answer) < WHOLE);
        if is_open {
            counted.extend(contract.across_pages(category, &numbers, &anchors));
        }
        let of_category = contract.of_category(category, &counted);
        if let Some((answer, clause)) = of_category {
            let anchor = |day: Day| Some(Anchor { day, clause });
            match (category, &answer.value) {
                (Category::AgreementDate, Value::Day(day)) => anchors.agreement = anchor(*day),
                (Category::EffectiveDate, Value::Day(day)) => anchors.effective = anchor(*day),
                _ => {}
            }
            of_contract.insert(category, answer);
        }
        for (number, answer) in answered {
            of_clauses[number] = answer;
        }
    }
    Answers { of_clauses, of_contract }
}

struct Contract<'a> {
    text: &'a str,
    clauses: &'a [Clause],
}

impl Contract<'_> {
    /// The clauses of a category, the surest first.
    fn numbers(&self, category: Category) -> Vec<usize> {
        let is_of = |number: &usize| self.clauses[*number].topic.category() == Some(category);
        let mut numbers: Vec<usize> = (0..self.clauses.len()).filter(is_of).collect();
        numbers.sort_by(|&a, &b| {
            let (a, b) = (&self.clauses[a], &self.clauses[b]);
            b.weight.total_cmp(&a.weight).then(a.range.cmp(&b.range))
        });
        numbers
    }

    fn answer(&self, category: Category, number: usize, anchors: &Anchors) -> Option<Answer> {
        let place = self.clauses[number].range;
        let clause = one_line(self.text.get(place.start..place.end)?);
        read(category, &clause, place, anchors)
    }

    /// What the clauses say when they are read as one: a clause is marked in pieces where a page ends in it.
    fn across_pages(
        &self,
        category: Category,
        numbers: &[usize],
        anchors: &Anchors,
    ) -> Option<(TextRange, Answer)> {
        let counting = numbers.iter().map(|&number| &self.clauses[number]).filter(|clause| clause.counts);
        let mut places: Vec<TextRange> = counting.map(|clause| clause.range).collect();
        places.sort();
        let (first, last) = (places.first()?, places.last()?);
        let pieces: Vec<&str> =
            places.iter().filter_map(|place| self.text.get(place.start..place.end)).collect();
        let whole = TextRange::new(first.start, last.end);
        let answer = read(category, &one_line(&pieces.join(" ")), whole, anchors)?;
        Some((whole, answer)).filter(|(_, answer)| places.len() > 1 && firmness(answer) == WHOLE)
    }

    /// Who each clause names. Clauses that do not count give no names to the others.
    fn parties(&self, numbers: &[usize]) -> Vec<(usize, Option<Answer>)> {
        let (counting, others): (Vec<usize>, Vec<usize>) =
            numbers.iter().partition(|&&number| self.clauses[number].counts);
        let mut answered = Vec::new();
        for (group, known) in [(&counting, &[][..]), (&others, &counting)] {
            let all: Vec<usize> = known.iter().chain(group).copied().collect();
            let ranges: Vec<TextRange> = all.iter().map(|&number| self.clauses[number].range).collect();
            let found = parties(self.text, &ranges);
            for (at, &number) in all.iter().enumerate().skip(known.len()) {
                let party = found.of_clauses[at].map(|party| found.parties[party].clone());
                answered.push((number, party.map(|party| Answer::plain(Value::Parties(vec![party])))));
            }
        }
        answered
    }

    /// The answer of the contract from those of its clauses, the surest first, and the clause that decides.
    fn of_category(
        &self,
        category: Category,
        counted: &[(TextRange, Answer)],
    ) -> Option<(Answer, TextRange)> {
        let first = counted.first().map(|(range, answer)| (answer.clone(), *range));
        let nowhere = TextRange::new(0, 0);
        match category.answer_format() {
            AnswerFormat::YesNo => {
                let value = if counted.is_empty() { Value::No } else { Value::Yes };
                Some((Answer::plain(value), nowhere))
            }
            AnswerFormat::Name => Some((
                Answer::plain(Value::Title(whole_title(
                    self.text,
                    &counted.iter().map(|(range, _)| *range).collect::<Vec<_>>(),
                )?)),
                nowhere,
            )),
            AnswerFormat::Parties => {
                let parties = all_parties(counted);
                (!parties.is_empty()).then(|| (Answer::plain(Value::Parties(parties)), nowhere))
            }
            AnswerFormat::Date => {
                let firmest = counted.iter().map(|(_, answer)| firmness(answer)).max()?;
                let of_firmest = counted.iter().find(|(_, answer)| firmness(answer) == firmest);
                of_firmest.map(|(range, answer)| (answer.clone(), *range))
            }
            AnswerFormat::Duration | AnswerFormat::Jurisdiction => first,
        }
    }
}

/// What a clause of a category says, but for the parties.
fn read(category: Category, clause: &str, place: TextRange, anchors: &Anchors) -> Option<Answer> {
    let value = match category {
        Category::AgreementDate => return day_of(clause, place),
        Category::EffectiveDate => return effective_day(clause, place, anchors),
        Category::ExpirationDate => return end_day(clause, place, anchors),
        Category::DocumentName => Value::Title(Some(title(clause)).filter(|title| !title.is_empty())?),
        Category::RenewalTerm => Value::Renewal(renewal(clause)?),
        Category::NoticePeriodToTerminateRenewal => Value::Period(notice(clause)?),
        Category::GoverningLaw => Value::Law(Some(governing_law(clause)).filter(|law| !law.is_empty())?),
        _ => Value::Yes,
    };
    Some(Answer::plain(value))
}

/// The worth of a day that is told or counted whole.
const WHOLE: u8 = 3;

/// How much a date is worth: a day that is told or counted, then one with blanks, then that there is none, then one that was
/// counted from something else than the clause says.
fn firmness(answer: &Answer) -> u8 {
    let is_counted_from_elsewhere =
        answer.basis.as_ref().is_some_and(|basis| basis.is_assumed && basis.period.is_some());
    match &answer.value {
        Value::Day(_) if is_counted_from_elsewhere => 0,
        Value::Day(day) if day.is_whole() => WHOLE,
        Value::Day(_) => 2,
        _ => 1,
    }
}

/// Every party once, in the order of the contract.
fn all_parties(counted: &[(TextRange, Answer)]) -> Vec<Party> {
    let mut placed: Vec<(TextRange, Party)> = Vec::new();
    for (range, answer) in counted {
        let Value::Parties(parties) = &answer.value else { continue };
        for party in parties {
            match placed.iter_mut().find(|(_, known)| known == party) {
                Some((place, _)) => *place = (*place).min(*range),
                None => placed.push((*range, party.clone())),
            }
        }
    }
    placed.sort_by_key(|(range, _)| *range);
    placed.into_iter().map(|(_, party)| party).collect()
}
