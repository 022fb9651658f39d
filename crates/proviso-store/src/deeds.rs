//! What a person did in the review of a contract.

use proviso_core::{Carried, Deed};
use rusqlite::{OptionalExtension, Transaction, params, types::Type};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    ContractId, Database, OpenedRecord, StoreError,
    contracts::{keep, now},
};

/// The deeds of a review in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeedRecords {
    /// Decisions on an earlier version of the contract.
    pub carried: Vec<Carried>,
    /// What was done and not undone.
    pub done: Vec<Deed>,
    /// What was undone and can be done again, the next one first.
    pub undone: Vec<Deed>,
}

impl Database {
    /// Everything that was decided about a contract.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn deeds(&self, contract: ContractId) -> Result<DeedRecords, StoreError> {
        self.transaction(|transaction| records(transaction, contract))
    }

    /// Keeps a deed, after which what was undone cannot be done again.
    ///
    /// # Errors
    /// If the database cannot be written; the deed is then not done.
    pub fn keep_deed(&self, contract: ContractId, deed: &Deed) -> Result<DeedRecords, StoreError> {
        self.deed(|transaction| {
            transaction.execute("DELETE FROM deed WHERE contract = ?1 AND undone = 1", [contract.0])?;
            insert(transaction, contract, deed)?;
            records(transaction, contract)
        })
    }

    /// Undoes the last deed; without one nothing happens.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn undo_deed(&self, contract: ContractId) -> Result<DeedRecords, StoreError> {
        self.flip(contract, "SELECT max(id) FROM deed WHERE contract = ?1 AND undone = 0", true)
    }

    /// Does again what was undone last; where nothing was, nothing happens.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn redo_deed(&self, contract: ContractId) -> Result<DeedRecords, StoreError> {
        self.flip(contract, "SELECT min(id) FROM deed WHERE contract = ?1 AND undone = 1", false)
    }

    fn flip(&self, contract: ContractId, which: &str, undone: bool) -> Result<DeedRecords, StoreError> {
        self.deed(|transaction| {
            let deed: Option<i64> =
                transaction.query_row(which, [contract.0], |row| row.get(0)).optional()?.flatten();
            transaction.execute("UPDATE deed SET undone = ?2 WHERE id = ?1", params![deed, undone])?;
            records(transaction, contract)
        })
    }

    /// Keeps that a contract was opened, together with decisions that were carried over to its text from another one. Its own
    /// deeds, which belong to the other text, go.
    ///
    /// # Errors
    /// If the database cannot be written; all is then as it was.
    pub fn keep_carried(
        &self,
        opened: &OpenedRecord<'_>,
        carried: &[Carried],
    ) -> Result<ContractId, StoreError> {
        self.transaction(|transaction| {
            let contract = keep(transaction, opened)?;
            for table in ["deed", "carried", "reading"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE contract = ?1"), [contract.0])?;
            }
            for (number, carried) in carried.iter().enumerate() {
                let values = params![contract.0, number as i64, to_json(carried)?];
                transaction.execute("INSERT INTO carried VALUES (?1, ?2, ?3)", values)?;
            }
            Ok(contract)
        })
    }
}

fn insert(transaction: &Transaction<'_>, contract: ContractId, deed: &Deed) -> rusqlite::Result<()> {
    let sql = "INSERT INTO deed (contract, deed, done_at) VALUES (?1, ?2, ?3)";
    transaction.execute(sql, params![contract.0, to_json(deed)?, now()]).map(drop)
}

pub(crate) fn records(transaction: &Transaction<'_>, contract: ContractId) -> rusqlite::Result<DeedRecords> {
    let listed = |undone: bool| {
        let sql = "SELECT deed FROM deed WHERE contract = ?1 AND undone = ?2 ORDER BY id";
        let mut rows = transaction.prepare(sql)?;
        rows.query_map(params![contract.0, undone], from_json::<Deed>)?.collect::<Result<_, _>>()
    };
    let mut rows = transaction.prepare("SELECT carried FROM carried WHERE contract = ?1 ORDER BY number")?;
    let carried = rows.query_map([contract.0], from_json)?.collect::<Result<_, _>>()?;
    Ok(DeedRecords { carried, done: listed(false)?, undone: listed(true)? })
}

fn to_json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn from_json<T: DeserializeOwned>(row: &rusqlite::Row<'_>) -> rusqlite::Result<T> {
    let text: String = row.get(0)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

#[cfg(test)]
mod tests {
    use proviso_core::{Anchor, Decision, Fate, TextRange, Topic};

    use super::*;
    use crate::contracts::tests::{opened, sha};

    fn clause(start: usize) -> Anchor {
        Anchor { topic: Topic::named("Insurance"), range: TextRange::new(start, start + 5) }
    }

    fn accept(start: usize) -> Deed {
        Deed::Accept { clause: clause(start) }
    }

    #[test]
    fn deeds_are_undone_and_done_again_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Database::open(folder.path()).unwrap();
        let id = open().keep_contract(&opened(&sha('a'), "/a.pdf", "text")).unwrap();
        let other = open().keep_contract(&opened(&sha('b'), "/b.pdf", "text")).unwrap();
        for start in [1, 2, 3] {
            open().keep_deed(id, &accept(start)).unwrap();
        }
        open().keep_deed(other, &accept(9)).unwrap();
        open().undo_deed(id).unwrap();
        let records = open().undo_deed(id).unwrap();
        assert_eq!((records.done, records.undone), (vec![accept(1)], vec![accept(2), accept(3)]));
        let records = open().redo_deed(id).unwrap();
        assert_eq!((records.done, records.undone), (vec![accept(1), accept(2)], vec![accept(3)]));
        // Another deed ends what could be done again.
        let records = open().keep_deed(id, &accept(4)).unwrap();
        assert_eq!(records.done, [accept(1), accept(2), accept(4)]);
        assert!(records.undone.is_empty());
        assert_eq!(open().redo_deed(id).unwrap(), records);
        for _ in 0..5 {
            open().undo_deed(id).unwrap();
        }
        assert!(open().deeds(id).unwrap().done.is_empty());
        assert_eq!(open().deeds(other).unwrap().done, [accept(9)]);
    }

    #[test]
    fn carried_decisions_replace_deeds_on_another_text() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let sha = sha('a');
        let id = database.keep_contract(&opened(&sha, "/a.pdf", "text")).unwrap();
        database.keep_deed(id, &accept(1)).unwrap();
        let carried = Carried {
            clause: clause(7),
            decision: Decision::Accepted,
            by_hand: false,
            note: Some("see \"annex\"".into()),
            fate: Fate::Moved,
            quote: "words".into(),
        };
        let again = database
            .keep_carried(&opened(&sha, "/a.pdf", "more text"), std::slice::from_ref(&carried))
            .unwrap();
        assert_eq!(again, id);
        let records = database.deeds(id).unwrap();
        assert_eq!(records, DeedRecords { carried: vec![carried], ..DeedRecords::default() });
        assert_eq!(database.contract(&sha).unwrap().unwrap().text.as_deref(), Some("more text"));
    }
}
