//! The contracts that the window works on.

use rusqlite::params;

use crate::{Database, StoreError};

impl Database {
    /// The contracts that the window works on, in their order, and which of them is in view.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn desk(&self) -> Result<Vec<(String, bool)>, StoreError> {
        self.transaction(|transaction| {
            let mut rows = transaction.prepare("SELECT path, in_view FROM desk ORDER BY place")?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    /// Keeps the contracts that the window works on, in place of those that were kept before.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn keep_desk(&self, paths: &[String], in_view: Option<&str>) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            transaction.execute("DELETE FROM desk", [])?;
            let mut insert = transaction.prepare("INSERT OR IGNORE INTO desk VALUES (?1, ?2, ?3)")?;
            for (place, path) in paths.iter().enumerate() {
                insert.execute(params![place as i64, path, in_view == Some(path)])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_found_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        assert!(database.desk().unwrap().is_empty());
        let paths = ["/b.pdf", "/a.pdf", "/b.pdf"].map(str::to_owned);
        database.keep_desk(&paths, Some("/a.pdf")).unwrap();
        drop(database);
        let database = Database::open(folder.path()).unwrap();
        assert_eq!(database.desk().unwrap(), [("/b.pdf".to_owned(), false), ("/a.pdf".to_owned(), true)]);
        database.keep_desk(&[], None).unwrap();
        assert!(database.desk().unwrap().is_empty());
    }
}
