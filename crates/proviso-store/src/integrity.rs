//! Whether a database holds together.

use rusqlite::Connection;

use crate::{Database, StoreError, error::is_damage};

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Everything, indices against their tables too.
    Whole,
    /// Pages and values, which takes a fraction of the time.
    Quick,
}

impl Depth {
    /// Bytes up to which a start may look at everything.
    const WHOLE_AT_START: u64 = 64_000_000;

    /// What the start of the program has the time for.
    pub fn at_start(bytes: u64) -> Self {
        if bytes <= Self::WHOLE_AT_START { Self::Whole } else { Self::Quick }
    }
}

/// Faults that are listed at most.
const MOST: u32 = 20;

impl Database {
    /// What is wrong with the file as far as SQLite can tell: pages that contradict each other, indices that do not fit their tables,
    /// values that their columns do not allow. Nothing where it is sound.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let connection = self.connection();
        faults(&connection, Depth::Whole).map_err(StoreError::database(self.path()))
    }
}

/// What is wrong with a database.
pub(crate) fn faults(connection: &Connection, depth: Depth) -> rusqlite::Result<Vec<String>> {
    let check = match depth {
        Depth::Whole => "integrity_check",
        Depth::Quick => "quick_check",
    };
    let listed = || -> rusqlite::Result<Vec<String>> {
        let mut rows = connection.prepare(&format!("PRAGMA {check}({MOST})"))?;
        rows.query_map([], |row| row.get(0))?.collect()
    };
    match listed() {
        Ok(faults) => Ok(faults.into_iter().filter(|fault| fault != "ok").collect()),
        // So damaged that not even the check comes to its end.
        Err(error) if is_damage(&error) => Ok(vec![error.to_string()]),
        Err(error) => Err(error),
    }
}
