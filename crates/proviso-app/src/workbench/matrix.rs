//! All contracts side by side, from what is kept of them.

use std::collections::BTreeMap;

use proviso_core::{Category, Decision, Deed, Finding, Topic};
use proviso_export::{MatrixRecord, MatrixRowRecord};
use proviso_review::{Clause, Review};
use proviso_store::{ContractContents, QuotedFinding};

use crate::view::{CellState, MatrixCellView, MatrixView};

/// Whether a finding reaches the threshold of its category.
pub(super) type Reaches<'a> = dyn Fn(&Finding) -> bool + 'a;

/// A contract's clauses by their kinds: what is accepted, and what reaches its threshold and was not rejected; and of those
/// that are rejected only that there are some.
struct Cell<'a> {
    clauses: Vec<(&'a Clause, Option<&'a QuotedFinding>)>,
    rejected: bool,
}

/// What a row of the matrix says of a contract, one cell for each category.
pub(super) fn cells(
    contract: &ContractContents,
    categories: &[String],
    reaches: &Reaches<'_>,
) -> Vec<MatrixCellView> {
    let review = Review::of(&contract.deeds.carried, &contract.deeds.done);
    let quoted = contract.findings.as_deref().unwrap_or_default();
    let clauses = clauses(&review, quoted);
    let by_topic = by_topic(&clauses, quoted, reaches);
    let cell = |name: &String| {
        let topic = Topic::named(name);
        let confirmed = review.confirmed_absent().any(|absent| *absent == topic);
        let is_read = contract.findings.is_some();
        cell_view(by_topic.get(&topic), confirmed, is_read)
    };
    categories.iter().map(cell).collect()
}

/// Some rows and columns, in the order in which they are named, to be exported.
pub(super) fn record(matrix: &MatrixView, contracts: &[String], categories: &[String]) -> MatrixRecord {
    let columns: Vec<usize> = categories
        .iter()
        .filter_map(|name| matrix.categories.iter().position(|category| category == name))
        .collect();
    let row = |sha256: &String| {
        let row = matrix.rows.iter().find(|row| row.sha256 == *sha256)?;
        Some(MatrixRowRecord {
            file: row.file_name.clone(),
            pages: row.pages,
            reviewed: row.reviewed,
            cells: columns.iter().map(|column| in_words(&row.cells[*column])).collect(),
        })
    };
    MatrixRecord {
        categories: columns.iter().map(|column| matrix.categories[*column].clone()).collect(),
        rows: contracts.iter().filter_map(row).collect(),
    }
}

/// A cell in words, and whether a person decided it.
fn in_words(cell: &MatrixCellView) -> (String, bool) {
    let found = || {
        let text = cell.text.as_deref().unwrap_or("found");
        if cell.clauses > 1 { format!("{text} (+{})", cell.clauses - 1) } else { text.to_owned() }
    };
    match cell.state {
        CellState::Unread => ("not read".to_owned(), false),
        CellState::Missing => (String::new(), false),
        CellState::Absent => ("none".to_owned(), true),
        CellState::Unreviewed => (found(), false),
        CellState::Accepted => (found(), true),
    }
}

/// The deeds that accept what nobody decided about of a contract's category.
pub(super) fn accepting(contract: &ContractContents, topic: &Topic, reaches: &Reaches<'_>) -> Vec<Deed> {
    let review = Review::of(&contract.deeds.carried, &contract.deeds.done);
    let quoted = contract.findings.as_deref().unwrap_or_default();
    let clauses = clauses(&review, quoted);
    let open = clauses.iter().filter(|clause| {
        clause.anchor.topic == *topic
            && clause.decision == Decision::Unreviewed
            && clause.stands(|number| reaches(&quoted[number].0))
    });
    open.map(|clause| Deed::Accept { clause: clause.anchor.clone() }).collect()
}

/// The deed that confirms that a contract has nothing of a category: only where it was read, nothing is shown and nobody
/// decided.
pub(super) fn confirming_absent(
    contract: &ContractContents,
    topic: &Topic,
    reaches: &Reaches<'_>,
) -> Option<Deed> {
    let categories = [topic.name().to_owned()];
    let is_missing = cells(contract, &categories, reaches)[0].state == CellState::Missing;
    is_missing.then(|| Deed::ConfirmAbsent { topic: topic.clone() })
}

fn clauses(review: &Review, quoted: &[QuotedFinding]) -> Vec<Clause> {
    let findings: Vec<Finding> = quoted.iter().map(|(finding, _)| finding.clone()).collect();
    review.clauses(&findings)
}

fn by_topic<'a>(
    clauses: &'a [Clause],
    quoted: &'a [QuotedFinding],
    reaches: &Reaches<'_>,
) -> BTreeMap<Topic, Cell<'a>> {
    let mut cells: BTreeMap<Topic, Cell<'a>> = BTreeMap::new();
    for clause in clauses {
        let found = clause.found.map(|number| &quoted[number]);
        let cell = cells
            .entry(clause.anchor.topic.clone())
            .or_insert_with(|| Cell { clauses: Vec::new(), rejected: false });
        cell.rejected |= clause.decision == Decision::Rejected;
        if clause.stands(|number| reaches(&quoted[number].0)) {
            cell.clauses.push((clause, found));
        }
    }
    cells
}

fn cell_view(cell: Option<&Cell<'_>>, confirmed_absent: bool, is_read: bool) -> MatrixCellView {
    let confidence = |found: Option<&QuotedFinding>| found.map_or(1.0, |(finding, _)| finding.confidence);
    let shown = cell.map(|cell| &cell.clauses[..]).unwrap_or_default();
    let likeliest = shown
        .iter()
        .max_by(|(_, a), (_, b)| confidence(*a).total_cmp(&confidence(*b)))
        .map(|(_, found)| *found);
    let state = match likeliest {
        _ if !is_read && shown.is_empty() && !confirmed_absent => CellState::Unread,
        None if confirmed_absent || cell.is_some_and(|cell| cell.rejected) => CellState::Absent,
        None => CellState::Missing,
        Some(_) if shown.iter().any(|(clause, _)| clause.decision == Decision::Unreviewed) => {
            CellState::Unreviewed
        }
        Some(_) => CellState::Accepted,
    };
    let text = parties(shown).or_else(|| likeliest.flatten().and_then(|found| said(shown, found)));
    MatrixCellView { state, text, clauses: shown.len() as u32, confidence: likeliest.map(confidence) }
}

/// The answer of a clause, or its beginning; neither where a person gave it other words, which are not kept here.
fn said(shown: &[(&Clause, Option<&QuotedFinding>)], found: &QuotedFinding) -> Option<String> {
    let (finding, quote) = found;
    let is_as_found = shown.iter().any(|(clause, _)| clause.range == finding.range);
    finding.answer.clone().or_else(|| quote.clone()).filter(|_| is_as_found)
}

/// All parties that the clauses name, each once; none of another category.
fn parties(shown: &[(&Clause, Option<&QuotedFinding>)]) -> Option<String> {
    let topic = Topic::from(Category::Parties);
    let mut named: Vec<&str> = Vec::new();
    for (clause, found) in shown {
        let found = found.filter(|(finding, _)| finding.topic == topic && finding.range == clause.range);
        if let Some(answer) = found.and_then(|(finding, _)| finding.answer.as_deref())
            && !named.contains(&answer)
        {
            named.push(answer);
        }
    }
    (!named.is_empty()).then(|| named.join("; "))
}

#[cfg(test)]
mod tests {
    use proviso_core::{Anchor, TextRange};
    use proviso_store::{Database, OpenedRecord, ReadingRecord};

    use super::*;
    use crate::view::MatrixRowView;

    fn finding(topic: &str, start: usize, confidence: f32, answer: Option<&str>) -> Finding {
        let range = TextRange::new(start, start + 10);
        Finding { topic: Topic::named(topic), range, confidence, answer: answer.map(str::to_owned) }
    }

    /// A contract with these findings and deeds, as it is kept.
    fn kept(findings: Vec<Finding>, deeds: &[Deed]) -> ContractContents {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let sha256 = "a".repeat(64).parse().unwrap();
        let text = "some words of a contract that are long enough for all the findings";
        let opened = OpenedRecord { sha256: &sha256, path: "/deals/a.pdf", pages: 3, text: Some(text) };
        let id = database.keep_contract(&opened).unwrap();
        let reading = ReadingRecord { run: "{}".into(), windows: 1, findings };
        database.keep_reading(id, "s", &reading, Some(text)).unwrap();
        deeds.iter().for_each(|deed| drop(database.keep_deed(id, deed).unwrap()));
        database.contents(id, 0.0).unwrap().unwrap()
    }

    fn clause(finding: &Finding) -> Anchor {
        Anchor { topic: finding.topic.clone(), range: finding.range }
    }

    #[test]
    fn cells_say_what_was_found_and_decided() {
        let law = finding("Governing Law", 0, 0.9, Some("Delaware"));
        let weak = finding("Governing Law", 20, 0.2, None);
        let insurance = [finding("Insurance", 5, 0.8, Some("Yes")), finding("Insurance", 30, 0.7, None)];
        let audit = finding("Audit Rights", 12, 0.9, None);
        let deeds = [
            Deed::Accept { clause: clause(&law) },
            Deed::Accept { clause: clause(&insurance[0]) },
            Deed::Reject { clause: clause(&audit) },
            Deed::ConfirmAbsent { topic: Topic::named("Warranty Duration") },
        ];
        let findings = [vec![law, weak, audit], insurance.to_vec()].concat();
        let contract = kept(findings, &deeds);
        let names =
            ["Governing Law", "Insurance", "Audit Rights", "Warranty Duration", "Parties"].map(str::to_owned);
        let reaches = |finding: &Finding| finding.confidence >= 0.5;
        let cells = cells(&contract, &names, &reaches);
        let told: Vec<_> =
            cells.iter().map(|cell| (cell.state, cell.text.as_deref(), cell.clauses)).collect();
        assert_eq!(
            told,
            [
                (CellState::Accepted, Some("Delaware"), 1),
                (CellState::Unreviewed, Some("Yes"), 2),
                (CellState::Absent, None, 0),
                (CellState::Absent, None, 0),
                (CellState::Missing, None, 0),
            ]
        );

        let row = MatrixRowView {
            sha256: "a".repeat(64),
            path: "/deals/a.pdf".into(),
            file_name: "a.pdf".into(),
            pages: 3,
            opened_at: 0.0,
            is_read: true,
            reviewed: 3,
            cells,
        };
        let matrix = MatrixView { categories: names.to_vec(), rows: vec![row] };
        let chosen = ["Parties", "Insurance", "Audit Rights"].map(str::to_owned);
        let record = record(&matrix, &["b".repeat(64), "a".repeat(64)], &chosen);
        assert_eq!(record.categories, chosen);
        let [row] = &record.rows[..] else { panic!("{record:?}") };
        let cells: Vec<(&str, bool)> =
            row.cells.iter().map(|(text, decided)| (text.as_str(), *decided)).collect();
        assert_eq!(cells, [("", false), ("Yes (+1)", false), ("none", true)]);

        let accepting = accepting(&contract, &Topic::named("Insurance"), &reaches);
        assert_eq!(accepting, [Deed::Accept { clause: clause(&insurance[1]) }]);

        // Only of the one of which nothing is shown and about which nobody decided.
        let absent: Vec<_> = names
            .iter()
            .filter_map(|name| confirming_absent(&contract, &Topic::named(name), &reaches))
            .collect();
        assert_eq!(absent, [Deed::ConfirmAbsent { topic: Topic::named("Parties") }]);
    }

    #[test]
    fn all_parties_stand_in_a_cell_and_no_answer_of_other_words() {
        let law = finding("Governing Law", 40, 0.9, Some("Ohio"));
        let deeds = [Deed::Edit { clause: clause(&law), range: TextRange::new(41, 60) }];
        let acme = finding("Parties", 0, 0.9, Some("Acme Inc."));
        let bolt = finding("Parties", 12, 0.8, Some("Bolt LLC"));
        let again = finding("Parties", 24, 0.7, Some("Acme Inc."));
        let contract = kept(vec![acme, bolt, again, law], &deeds);
        let cells = cells(&contract, &["Parties", "Governing Law"].map(str::to_owned), &|_| true);
        let told: Vec<_> = cells.iter().map(|cell| cell.text.as_deref()).collect();
        assert_eq!(told, [Some("Acme Inc.; Bolt LLC"), None]);
    }

    #[test]
    fn the_beginning_of_a_clause_stands_where_there_is_no_answer() {
        let contract = kept(vec![finding("Parties", 5, 0.9, None)], &[]);
        let cells = cells(&contract, &["Parties".to_owned()], &|_| true);
        assert_eq!(cells[0].text.as_deref(), Some("words of a"));
    }
}
