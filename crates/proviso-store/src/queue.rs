//! The contracts that the window works on, in the order in which they are read.

use rusqlite::{Row, Transaction, named_params, params, types::Type};

use crate::{Database, StoreError};

/// How far a contract of the queue is. What is being read still waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueState {
    /// It is to be read.
    Waiting,
    /// It was read, and the reading is kept.
    Done,
    /// A password is needed to open it.
    Locked,
    /// It could not be opened.
    OpenFailed,
    /// It was opened and could not be read.
    ReadFailed,
    /// The person does not want it read.
    Cancelled,
}

const NAMES: [(QueueState, &str); 6] = [
    (QueueState::Waiting, "waiting"),
    (QueueState::Done, "done"),
    (QueueState::Locked, "locked"),
    (QueueState::OpenFailed, "open_failed"),
    (QueueState::ReadFailed, "read_failed"),
    (QueueState::Cancelled, "cancelled"),
];

/// A contract of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// Names it for as long as it is in the queue.
    pub id: u32,
    /// Where it lies.
    pub path: String,
    /// Its place in the order; each has another one.
    pub place: i64,
    /// How far it is.
    pub state: QueueState,
    /// Why it failed, in a sentence.
    pub reason: Option<String>,
    /// Passes through the model of its last reading, as far as they were made for it.
    pub windows: Option<u32>,
    /// Seconds that opening and reading took; `None` where nothing had to be computed.
    pub seconds: Option<f64>,
}

/// The queue as it was kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueueRecord {
    /// Its contracts in their order.
    pub entries: Vec<QueueEntry>,
    /// Whether the person paused it.
    pub paused: bool,
    /// The contract in view.
    pub in_view: Option<u32>,
}

/// A change of the queue, which is kept as a whole or not at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueueChange {
    /// Contracts that are new or other than before.
    pub entries: Vec<QueueEntry>,
    /// Contracts that are taken out.
    pub removed: Vec<u32>,
    /// Paused or not, where that changes.
    pub paused: Option<bool>,
    /// The contract in view or none, where that changes.
    pub in_view: Option<Option<u32>>,
}

impl QueueChange {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Database {
    /// The queue as it was kept last.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn queue(&self) -> Result<QueueRecord, StoreError> {
        self.transaction(|transaction| {
            let sql = "SELECT id, path, place, state, reason, windows, seconds FROM queue ORDER BY place, id";
            let mut rows = transaction.prepare(sql)?;
            let entries = rows.query_map([], entry)?.collect::<Result<_, _>>()?;
            let sql = "SELECT paused, in_view FROM queue_state";
            let (paused, in_view) = transaction.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(QueueRecord { entries, paused, in_view })
        })
    }

    /// Keeps a change of the queue.
    ///
    /// # Errors
    /// If the database cannot be written; all is then as it was.
    pub fn keep_queue(&self, change: &QueueChange) -> Result<(), StoreError> {
        self.transaction(|transaction| keep(transaction, change))
    }
}

fn keep(transaction: &Transaction<'_>, change: &QueueChange) -> rusqlite::Result<()> {
    let mut remove = transaction.prepare("DELETE FROM queue WHERE id = ?1")?;
    for id in &change.removed {
        remove.execute([id])?;
    }
    let mut upsert = transaction.prepare(
        "INSERT INTO queue (id, path, place, state, reason, windows, seconds)
         VALUES (:id, :path, :place, :state, :reason, :windows, :seconds)
         ON CONFLICT (id) DO UPDATE SET path = :path, place = :place, state = :state, reason = :reason,
             windows = :windows, seconds = :seconds",
    )?;
    for entry in &change.entries {
        let QueueEntry { id, path, place, state, reason, windows, seconds } = entry;
        upsert.execute(named_params! {
            ":id": id, ":path": path, ":place": place, ":state": name(*state), ":reason": reason,
            ":windows": windows, ":seconds": seconds,
        })?;
    }
    if let Some(paused) = change.paused {
        transaction.execute("UPDATE queue_state SET paused = ?1", [paused])?;
    }
    if let Some(in_view) = change.in_view {
        transaction.execute("UPDATE queue_state SET in_view = ?1", params![in_view])?;
    }
    Ok(())
}

fn name(state: QueueState) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == state).map_or("waiting", |(_, name)| name)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<QueueEntry> {
    let named: String = row.get(3)?;
    let state = NAMES.iter().find(|(_, name)| *name == named).map(|(state, _)| *state);
    let unknown = || rusqlite::Error::FromSqlConversionFailure(3, Type::Text, named.clone().into());
    Ok(QueueEntry {
        id: row.get(0)?,
        path: row.get(1)?,
        place: row.get(2)?,
        state: state.ok_or_else(unknown)?,
        reason: row.get(4)?,
        windows: row.get(5)?,
        seconds: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u32, path: &str, place: i64, state: QueueState) -> QueueEntry {
        let (path, reason) =
            (path.to_owned(), (state == QueueState::ReadFailed).then(|| "No text.".to_owned()));
        QueueEntry { id, path, place, state, reason, windows: Some(id), seconds: Some(0.5) }
    }

    #[test]
    fn the_queue_is_found_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        assert_eq!(database.queue().unwrap(), QueueRecord::default());
        let all: Vec<_> = NAMES
            .iter()
            .zip(1..)
            .map(|((state, name), id)| entry(id, name, -i64::from(id), *state))
            .collect();
        let change = QueueChange {
            entries: all.clone(),
            paused: Some(true),
            in_view: Some(Some(2)),
            ..QueueChange::default()
        };
        database.keep_queue(&change).unwrap();
        drop(database);
        let database = Database::open(folder.path()).unwrap();
        let kept = database.queue().unwrap();
        assert!(kept.entries.iter().eq(all.iter().rev()), "{kept:?}");
        assert_eq!((kept.paused, kept.in_view), (true, Some(2)));

        let moved = entry(1, "waiting", 9, QueueState::Done);
        let change =
            QueueChange { entries: vec![moved.clone()], removed: vec![2, 77], ..QueueChange::default() };
        database.keep_queue(&change).unwrap();
        let kept = database.queue().unwrap();
        assert_eq!((kept.entries.len(), kept.entries.last()), (5, Some(&moved)));
        assert_eq!((kept.paused, kept.in_view), (true, None), "what is taken out is not in view");
    }

    #[test]
    fn a_change_that_fails_leaves_all_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let first = entry(1, "/a.pdf", 1, QueueState::Waiting);
        database.keep_queue(&QueueChange { entries: vec![first.clone()], ..QueueChange::default() }).unwrap();
        let twice = QueueChange {
            entries: vec![
                entry(2, "/b.pdf", 2, QueueState::Waiting),
                entry(3, "/a.pdf", 3, QueueState::Waiting),
            ],
            paused: Some(true),
            ..QueueChange::default()
        };
        assert!(database.keep_queue(&twice).is_err());
        assert_eq!(database.queue().unwrap(), QueueRecord { entries: vec![first], ..QueueRecord::default() });
    }

    #[test]
    fn what_lay_on_the_desk_waits_in_the_queue() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proviso.sqlite");
        let old = rusqlite::Connection::open(&path).unwrap();
        old.execute_batch(include_str!("layouts/1_measurements.sql")).unwrap();
        old.execute_batch(include_str!("layouts/2_reviews.sql")).unwrap();
        old.execute_batch(
            "INSERT INTO desk VALUES (0, '/b.pdf', 0), (1, '/a.pdf', 1); PRAGMA user_version = 2",
        )
        .unwrap();
        drop(old);
        let QueueRecord { entries, paused, in_view } =
            Database::open(folder.path()).unwrap().queue().unwrap();
        let found: Vec<_> = entries.iter().map(|entry| (entry.path.as_str(), entry.state)).collect();
        assert_eq!(found, [("/b.pdf", QueueState::Waiting), ("/a.pdf", QueueState::Waiting)]);
        assert_eq!((paused, in_view), (false, Some(entries[1].id)));
    }
}
