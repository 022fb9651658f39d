//! All contracts at a glance, and what is kept of one without opening it.

use proviso_core::Finding;
use rusqlite::{OptionalExtension, params};

use crate::{ContractId, Database, DeedRecords, StoreError, deeds::records, readings::finding};

/// What a contract stands at. Two that are equal, of the same contract, mean that neither its readings nor what was decided
/// changed between them, whichever program would have changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision(i64);

/// A contract that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractOverview {
    /// Its name within the database.
    pub id: ContractId,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Where it lay when it was opened last.
    pub path: String,
    /// Number of pages.
    pub pages: u32,
    /// When it was opened last, in milliseconds since 1970.
    pub opened_at: i64,
    /// What it stands at.
    pub revision: Revision,
}

/// A finding with the beginning of its clause, where that is kept.
pub type QuotedFinding = (Finding, Option<String>);

/// What was found in a contract and what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ContractContents {
    /// What the contract stood at.
    pub revision: Revision,
    /// What its newest reading found, of a contract about which nobody decided anything only as far as it was asked for; `None` if it
    /// was not read.
    pub findings: Option<Vec<QuotedFinding>>,
    /// What was decided about it.
    pub deeds: DeedRecords,
}

impl Database {
    /// All contracts that were opened, the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn overview(&self) -> Result<Vec<ContractOverview>, StoreError> {
        self.transaction(|transaction| {
            let sql = "SELECT id, sha256, path, pages, opened_at, revision.revision
                       FROM contract JOIN revision ON revision.contract = contract.id ORDER BY opening DESC";
            let mut rows = transaction.prepare(sql)?;
            let contracts = rows.query_map([], |row| {
                Ok(ContractOverview {
                    id: ContractId(row.get(0)?),
                    sha256: row.get(1)?,
                    path: row.get(2)?,
                    pages: row.get(3)?,
                    opened_at: row.get(4)?,
                    revision: Revision(row.get(5)?),
                })
            })?;
            contracts.collect()
        })
    }

    /// What is kept of a contract; `None` if there is none of that name. Where nothing was decided, findings with less confidence than
    /// `least` are left out, which are most of them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contents(&self, contract: ContractId, least: f32) -> Result<Option<ContractContents>, StoreError> {
        self.transaction(|transaction| {
            let sql =
                "SELECT revision, (SELECT max(id) FROM reading WHERE reading.contract = revision.contract)
                       FROM revision WHERE contract = ?1";
            let head = transaction
                .query_row(sql, [contract.0], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)))
                .optional()?;
            let Some((revision, reading)) = head else { return Ok(None) };
            let deeds = records(transaction, contract)?;
            // A decision may be about any of them.
            let least = if deeds == DeedRecords::default() { least } else { 0.0 };
            let mut of_reading = transaction.prepare(
                "SELECT topic, first, past, confidence, answer, quote FROM finding
                 WHERE reading = ?1 AND confidence >= ?2 ORDER BY number",
            )?;
            let quoted = |row: &rusqlite::Row<'_>| Ok((finding(row)?, row.get(5)?));
            let findings = reading
                .map(|reading| {
                    of_reading.query_map(params![reading, least], quoted)?.collect::<Result<_, _>>()
                })
                .transpose()?;
            Ok(Some(ContractContents { revision: Revision(revision), findings, deeds }))
        })
    }
}

#[cfg(test)]
mod tests {
    use proviso_core::{Anchor, Decision, Deed, Fate, TextRange, Topic};

    use super::*;
    use crate::{
        ReadingRecord,
        contracts::tests::{opened, sha},
    };

    const TEXT: &str = "This is governed by the laws\n of Delaware.";

    fn law() -> Finding {
        let range = TextRange::new(8, TEXT.len());
        Finding { topic: Topic::named("Governing Law"), range, confidence: 0.5, answer: None }
    }

    fn keep(database: &Database, contract: ContractId, settings: &str, findings: Vec<Finding>) {
        let reading = ReadingRecord { run: "{}".into(), windows: 1, findings };
        database.keep_reading(contract, settings, &reading, Some(TEXT)).unwrap();
    }

    #[test]
    fn contracts_are_overlooked_without_being_opened() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let read = database.keep_contract(&opened(&sha('a'), "/a.pdf", TEXT)).unwrap();
        let unread = database.keep_contract(&opened(&sha('b'), "/b.pdf", "text")).unwrap();
        keep(&database, read, "old", Vec::new());
        keep(&database, read, "new", vec![law()]);
        let overview = database.overview().unwrap();
        let told: Vec<_> = overview.iter().map(|one| (one.id, one.path.as_str(), one.pages)).collect();
        assert_eq!(told, [(unread, "/b.pdf", 2), (read, "/a.pdf", 2)], "the newest first");
        let contents = |id| database.contents(id, 0.0).unwrap().unwrap();
        assert_eq!(contents(unread).findings, None);
        let quote = "governed by the laws of Delaware.".to_owned();
        assert_eq!(contents(read).findings, Some(vec![(law(), Some(quote))]));
        assert_eq!(contents(read).revision, overview[1].revision);
        assert_eq!(database.contents(ContractId(99), 0.0).unwrap(), None);
    }

    #[test]
    fn what_is_below_the_least_is_left_out_until_something_is_decided() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let contract = database.keep_contract(&opened(&sha('a'), "/a.pdf", TEXT)).unwrap();
        let weak = Finding { confidence: 0.2, ..law() };
        keep(&database, contract, "s", vec![weak.clone(), law()]);
        let found = |least| {
            let findings = database.contents(contract, least).unwrap().unwrap().findings.unwrap();
            findings.into_iter().map(|(finding, _)| finding).collect::<Vec<_>>()
        };
        assert_eq!(found(0.0), [weak.clone(), law()]);
        assert_eq!(found(0.5), [law()]);
        assert_eq!(found(0.6), []);
        let clause = Anchor { topic: weak.topic.clone(), range: weak.range };
        database.keep_deed(contract, &Deed::Accept { clause }).unwrap();
        assert_eq!(found(0.6), [weak, law()]);
    }

    #[test]
    fn whatever_changes_a_contract_changes_its_revision_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let other_program = Database::open(folder.path()).unwrap();
        let sha256 = sha('a');
        let contract = database.keep_contract(&opened(&sha256, "/a.pdf", TEXT)).unwrap();
        let other = database.keep_contract(&opened(&sha('b'), "/b.pdf", TEXT)).unwrap();
        let at = |id| database.contents(id, 0.0).unwrap().unwrap().revision;
        let (mut before, of_other) = (at(contract), at(other));
        let mut has_changed = |what: &str| {
            assert_ne!(at(contract), before, "{what}");
            assert_eq!(at(other), of_other, "{what}");
            before = at(contract);
        };
        let clause = Anchor { topic: law().topic, range: law().range };
        let deed = Deed::Accept { clause: clause.clone() };
        keep(&database, contract, "s", vec![law()]);
        has_changed("a reading");
        // The row gets the same number again.
        keep(&database, contract, "s", Vec::new());
        has_changed("another reading in its place");
        other_program.keep_deed(contract, &deed).unwrap();
        has_changed("a decision that another program keeps");
        database.undo_deed(contract).unwrap();
        has_changed("undoing it");
        database.redo_deed(contract).unwrap();
        has_changed("doing it again");
        let carried = proviso_core::Carried {
            clause,
            decision: Decision::Accepted,
            by_hand: false,
            note: None,
            fate: Fate::Moved,
            quote: "words".into(),
        };
        database.keep_carried(&opened(&sha256, "/a.pdf", "another text"), &[carried]).unwrap();
        has_changed("decisions that are carried over");
        database.keep_carried(&opened(&sha256, "/a.pdf", "a third text"), &[]).unwrap();
        has_changed("all of them gone");
        database.keep_contract(&opened(&sha256, "/elsewhere/a.pdf", "a third text")).unwrap();
        database.reading(contract, "s").unwrap();
        assert_eq!(at(contract), before, "opening and reading it changes nothing");
    }

    #[test]
    fn a_backup_that_is_restored_changes_no_revision_to_one_that_was_had_with_other_contents() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let contract = database.keep_contract(&opened(&sha('a'), "/a.pdf", TEXT)).unwrap();
        let contents = || database.contents(contract, 0.0).unwrap().unwrap();
        let accept = |start| {
            let clause = Anchor { topic: law().topic, range: TextRange::new(start, start + 5) };
            database.keep_deed(contract, &Deed::Accept { clause }).unwrap();
            contents()
        };
        database.back_up().unwrap();
        let backed_up = contents();
        let first = accept(1);
        database.restore(&database.backups()[0].name).unwrap();
        assert_eq!(contents(), backed_up);
        assert_ne!(accept(2).revision, first.revision);
    }
}
