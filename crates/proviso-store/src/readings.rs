//! What models found in contracts.

use proviso_core::{Finding, TextRange, Topic};
use rusqlite::{OptionalExtension, named_params, params};

use crate::{ContractId, Database, StoreError, contracts::now};

/// Words of a clause that are kept beside its place.
const QUOTED_WORDS: usize = 30;

/// A reading of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingRecord {
    /// The receipt, as JSON: what read it, and how.
    pub run: String,
    /// Passes through the model.
    pub windows: usize,
    /// Everything that the model proposes, in its order.
    pub findings: Vec<Finding>,
}

impl Database {
    /// The reading of a contract in a setting, if there was one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn reading(&self, contract: ContractId, settings: &str) -> Result<Option<ReadingRecord>, StoreError> {
        self.transaction(|transaction| {
            let sql = "SELECT id, run, windows FROM reading WHERE contract = ?1 AND settings = ?2";
            let head = transaction
                .query_row(sql, params![contract.0, settings], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, i64>(2)?))
                })
                .optional()?;
            let Some((id, run, windows)) = head else { return Ok(None) };
            let sql = "SELECT topic, first, past, confidence, answer FROM finding WHERE reading = ?1 ORDER BY number";
            let mut rows = transaction.prepare(sql)?;
            let findings = rows.query_map([id], finding)?.collect::<Result<_, _>>()?;
            let windows = usize::try_from(windows).unwrap_or(0);
            Ok(Some(ReadingRecord { run, windows, findings }))
        })
    }

    /// Keeps a reading, in place of an earlier one in the same setting. `text` is the contract's, of which the beginnings of
    /// clauses are kept; `None` where none may be.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one then stays.
    pub fn keep_reading(
        &self,
        contract: ContractId,
        settings: &str,
        reading: &ReadingRecord,
        text: Option<&str>,
    ) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            let sql = "DELETE FROM reading WHERE contract = ?1 AND settings = ?2";
            transaction.execute(sql, params![contract.0, settings])?;
            transaction.execute(
                "INSERT INTO reading (contract, settings, run, windows, finished_at)
                 VALUES (:contract, :settings, :run, :windows, :now)",
                named_params! {
                    ":contract": contract.0, ":settings": settings, ":run": reading.run,
                    ":windows": reading.windows as i64, ":now": now(),
                },
            )?;
            let id = transaction.last_insert_rowid();
            let mut insert =
                transaction.prepare("INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
            for (number, finding) in reading.findings.iter().enumerate() {
                let Finding { topic, range, confidence, answer } = finding;
                let (first, past) = (range.start as i64, range.end as i64);
                let quote = text.and_then(|text| text.get(range.start..range.end)).map(beginning);
                let name = topic.name();
                insert.execute(params![id, number as i64, name, first, past, confidence, answer, quote])?;
            }
            Ok(())
        })
    }
}

/// The beginning of a clause, in one line.
fn beginning(clause: &str) -> String {
    let mut line = String::new();
    for word in clause.split_whitespace().take(QUOTED_WORDS) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

pub(crate) fn finding(row: &rusqlite::Row<'_>) -> rusqlite::Result<Finding> {
    let topic: String = row.get(0)?;
    let place = |column| row.get::<_, i64>(column).map(|place| usize::try_from(place).unwrap_or(0));
    let (start, end) = (place(1)?, place(2)?);
    Ok(Finding {
        topic: Topic::named(&topic),
        range: TextRange::new(start.min(end), end),
        confidence: row.get(3)?,
        answer: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contracts::tests::{opened, sha};

    #[test]
    fn a_reading_is_found_by_its_setting_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let id = database.keep_contract(&opened(&sha('a'), "/a.pdf", "text")).unwrap();
        let finding = |topic: &str, start, answer: Option<&str>| Finding {
            topic: Topic::named(topic),
            range: TextRange::new(start, start + 4),
            confidence: 0.123_456_79,
            answer: answer.map(str::to_owned),
        };
        let findings = vec![finding("Parties", 40, None), finding("Data Protection", 3, Some("Yes"))];
        let reading = ReadingRecord { run: r#"{"model":"mini"}"#.into(), windows: 12, findings };
        assert_eq!(database.reading(id, "mini int8").unwrap(), None);
        database.keep_reading(id, "mini int8", &reading, None).unwrap();
        assert_eq!(database.reading(id, "mini int8").unwrap().as_ref(), Some(&reading));
        assert_eq!(database.reading(id, "mini f32").unwrap(), None);
        let again = ReadingRecord { findings: reading.findings[..1].to_vec(), ..reading };
        database.keep_reading(id, "mini int8", &again, None).unwrap();
        assert_eq!(database.reading(id, "mini int8").unwrap(), Some(again));
    }
}
