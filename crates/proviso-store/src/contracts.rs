//! Contracts, by their bytes.

use std::time::{SystemTime, UNIX_EPOCH};

use proviso_core::Sha256Hex;
use rusqlite::{OptionalExtension, Transaction, named_params};

use crate::{Database, StoreError};

/// Names a contract within the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractId(pub(crate) i64);

/// A contract that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRecord<'a> {
    /// SHA-256 of its bytes.
    pub sha256: &'a Sha256Hex,
    /// Where it lies.
    pub path: &'a str,
    /// Number of pages.
    pub pages: u32,
    /// Its text; `None` for a file that a password protects, whose text must not lie on the disk.
    pub text: Option<&'a str>,
}

/// What is known of a contract that was opened before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownContract {
    /// Its name within the database.
    pub id: ContractId,
    /// The text to which its decisions belong, where it is kept.
    pub text: Option<String>,
}

impl Database {
    /// The contract with these bytes, if it was opened before.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contract(&self, sha256: &Sha256Hex) -> Result<Option<KnownContract>, StoreError> {
        self.transaction(|transaction| {
            let sql = "SELECT id, text FROM contract WHERE sha256 = ?1";
            transaction.query_row(sql, [sha256.as_str()], known).optional()
        })
    }

    /// The contract that lay at a path last, with other bytes than these.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn earlier_version(
        &self,
        path: &str,
        sha256: &Sha256Hex,
    ) -> Result<Option<KnownContract>, StoreError> {
        self.transaction(|transaction| {
            let sql = "SELECT id, text FROM contract WHERE path = ?1 AND sha256 <> ?2
                       ORDER BY opening DESC LIMIT 1";
            transaction.query_row(sql, [path, sha256.as_str()], known).optional()
        })
    }

    /// Keeps that a contract was opened, with the text that its decisions belong to from now on.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn keep_contract(&self, opened: &OpenedRecord<'_>) -> Result<ContractId, StoreError> {
        self.transaction(|transaction| keep(transaction, opened))
    }
}

pub(crate) fn keep(transaction: &Transaction<'_>, opened: &OpenedRecord<'_>) -> rusqlite::Result<ContractId> {
    let OpenedRecord { sha256, path, pages, text } = opened;
    transaction.query_row(
        "INSERT INTO contract (sha256, path, pages, text, added_at, opened_at, opening)
         VALUES (:sha256, :path, :pages, :text, :now, :now, 1 + coalesce((SELECT max(opening) FROM contract), 0))
         ON CONFLICT (sha256) DO UPDATE
         SET path = :path, pages = :pages, text = :text, opened_at = :now, opening = excluded.opening
         RETURNING id",
        named_params! {
            ":sha256": sha256.as_str(), ":path": path, ":pages": pages, ":text": text, ":now": now(),
        },
        |row| row.get(0).map(ContractId),
    )
}

fn known(row: &rusqlite::Row<'_>) -> rusqlite::Result<KnownContract> {
    Ok(KnownContract { id: ContractId(row.get(0)?), text: row.get(1)? })
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn sha(digit: char) -> Sha256Hex {
        digit.to_string().repeat(64).parse().unwrap()
    }

    pub(crate) fn opened<'a>(sha256: &'a Sha256Hex, path: &'a str, text: &'a str) -> OpenedRecord<'a> {
        OpenedRecord { sha256, path, pages: 2, text: Some(text) }
    }

    #[test]
    fn the_same_bytes_are_one_contract_wherever_they_lie() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let (first, second) = (sha('a'), sha('b'));
        assert_eq!(database.contract(&first).unwrap(), None);
        let id = database.keep_contract(&opened(&first, "/deals/a.pdf", "old words")).unwrap();
        assert_eq!(database.keep_contract(&opened(&first, "/moved/a.pdf", "words")).unwrap(), id);
        let known = database.contract(&first).unwrap().unwrap();
        assert_eq!((known.id, known.text.as_deref()), (id, Some("words")));

        assert_eq!(database.earlier_version("/moved/a.pdf", &first).unwrap(), None);
        assert_eq!(database.earlier_version("/moved/a.pdf", &second).unwrap(), Some(known));
        let newer = database.keep_contract(&opened(&second, "/moved/a.pdf", "other words")).unwrap();
        assert_ne!(newer, id);
        assert_eq!(database.earlier_version("/deals/a.pdf", &second).unwrap(), None);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_an_old_version_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let [first, second, third] = ['a', 'b', 'c'].map(sha);
        database.keep_contract(&opened(&first, "/a.pdf", "first")).unwrap();
        let in_a_year = "UPDATE contract SET opened_at = opened_at + 31536000000";
        database.transaction(|transaction| transaction.execute(in_a_year, [])).unwrap();
        let newest = database.keep_contract(&opened(&second, "/a.pdf", "second")).unwrap();
        assert_eq!(database.earlier_version("/a.pdf", &third).unwrap().unwrap().id, newest);
        assert_eq!(database.overview().unwrap()[0].id, newest);
    }
}
