//! How fast models were found to run on this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::{Database, StoreError};

/// The weight of the newest figure when a pace is refined: one run on a busy machine moves it a little, ten runs move it
/// nearly all the way.
const WEIGHT_OF_NEWEST: f64 = 0.3;

/// What figures belong to: they count only together with the same machine, model and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredOn {
    /// A fingerprint of the hardware.
    pub machine: String,
    /// SHA-256 of the model's weights.
    pub model: String,
    /// The program's version.
    pub version: String,
}

/// Windows finished in a second in one setting.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceRecord {
    /// The device, such as `cpu`.
    pub device: String,
    /// The precision, such as `int8`.
    pub precision: String,
    /// Windows that ran at once.
    pub at_once: u32,
    /// Tokens of each window, the special ones included.
    pub length: u32,
    /// Windows finished in a second, as readings showed it since.
    pub windows_per_second: f64,
    /// Windows finished in a second when the machine was measured as a whole, to be set beside other settings; `None` where
    /// it never was.
    pub compared: Option<f64>,
}

/// How long a model takes to load in one setting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoadingRecord {
    /// The device, such as `cpu`.
    pub device: String,
    /// The precision, such as `int8`.
    pub precision: String,
    /// Milliseconds.
    pub milliseconds: f64,
}

/// All that is known of one machine, model and version.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MeasurementRecords {
    /// Paces by device, precision, windows at once and length.
    pub paces: Vec<PaceRecord>,
    /// Loading times by device and precision.
    pub loading: Vec<LoadingRecord>,
    /// Megabytes a second that the disk was read with.
    pub disk_mb_per_s: Option<f64>,
    /// When the machine was measured as a whole, in RFC 3339; `None` where all figures come from readings.
    pub measured_at: Option<String>,
}

/// A whole measuring with a model that does not count here any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleMeasuring {
    /// What it was measured on.
    pub on: MeasuredOn,
    /// When, in RFC 3339.
    pub measured_at: String,
}

impl Database {
    /// Everything that was measured on this machine with this model and version.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn measurements(&self, on: &MeasuredOn) -> Result<MeasurementRecords, StoreError> {
        let MeasuredOn { machine, model, version } = on;
        let whole = params![machine, model, version];
        self.transaction(|transaction| {
            let rows = "WHERE machine = ?1 AND model = ?2 AND version = ?3";
            let mut paces = transaction.prepare(&format!(
                "SELECT device, precision, at_once, length, windows_per_second, compared FROM pace {rows}
                 ORDER BY device, precision, length, at_once"
            ))?;
            let mut loading = transaction
                .prepare(&format!("SELECT device, precision, milliseconds FROM loading {rows}"))?;
            let measured_at = format!(
                "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', finished_at, 'unixepoch') FROM measuring {rows}"
            );
            Ok(MeasurementRecords {
                paces: paces.query_map(whole, pace)?.collect::<Result<_, _>>()?,
                loading: loading.query_map(whole, loading_time)?.collect::<Result<_, _>>()?,
                disk_mb_per_s: disk_speed(transaction, machine)?,
                measured_at: transaction.query_row(&measured_at, whole, |row| row.get(0)).optional()?,
            })
        })
    }

    /// Megabytes a second that a machine's disk was read with when it was measured last.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn disk_speed(&self, machine: &str) -> Result<Option<f64>, StoreError> {
        self.transaction(|transaction| disk_speed(transaction, machine))
    }

    /// Keeps what a whole measuring found, in place of everything that was known of the same machine, model and version.
    ///
    /// # Errors
    /// If the database cannot be written; the old figures then stay.
    pub fn replace_measurements(
        &self,
        on: &MeasuredOn,
        found: &MeasurementRecords,
    ) -> Result<(), StoreError> {
        let now = seconds_since_1970();
        self.transaction(|transaction| {
            let MeasuredOn { machine, model, version } = on;
            for table in ["pace", "loading", "measuring"] {
                let sql = format!("DELETE FROM {table} WHERE machine = ?1 AND model = ?2 AND version = ?3");
                transaction.execute(&sql, params![machine, model, version])?;
            }
            for pace in &found.paces {
                insert_pace(transaction, on, pace)?;
            }
            for LoadingRecord { device, precision, milliseconds } in &found.loading {
                transaction.execute(
                    "INSERT INTO loading VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![machine, model, version, device, precision, milliseconds],
                )?;
            }
            if let Some(speed) = found.disk_mb_per_s {
                transaction.execute(
                    "INSERT OR REPLACE INTO disk VALUES (?1, ?2, ?3)",
                    params![machine, speed, now],
                )?;
            }
            transaction.execute(
                "INSERT INTO measuring VALUES (?1, ?2, ?3, ?4)",
                params![machine, model, version, now],
            )?;
            Ok(())
        })
    }

    /// Lets a pace that was just seen move the one that is known; what was compared stays.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn refine_pace(&self, on: &MeasuredOn, seen: &PaceRecord) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            let known: Option<(f64, Option<f64>)> = transaction
                .query_row(
                    "SELECT windows_per_second, compared FROM pace WHERE machine = :machine AND model = :model
                     AND version = :version AND device = :device AND precision = :precision
                     AND at_once = :at_once AND length = :length",
                    named_params! {
                        ":machine": on.machine, ":model": on.model, ":version": on.version,
                        ":device": seen.device, ":precision": seen.precision,
                        ":at_once": seen.at_once, ":length": seen.length,
                    },
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let windows_per_second = known.map_or(seen.windows_per_second, |(known, _)| {
                known + WEIGHT_OF_NEWEST * (seen.windows_per_second - known)
            });
            let compared = known.and_then(|(_, compared)| compared);
            insert_pace(transaction, on, &PaceRecord { windows_per_second, compared, ..seen.clone() })
        })
    }

    /// The newest whole measuring with this model on another machine or by another version, which does not count here.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn stale_measuring(&self, on: &MeasuredOn) -> Result<Option<StaleMeasuring>, StoreError> {
        let sql = "SELECT machine, version, strftime('%Y-%m-%dT%H:%M:%SZ', finished_at, 'unixepoch') FROM measuring
                   WHERE model = ?2 AND NOT (machine = ?1 AND version = ?3) ORDER BY finished_at DESC LIMIT 1";
        self.transaction(|transaction| {
            let row = |row: &Row<'_>| {
                let model = on.model.clone();
                let of = MeasuredOn { machine: row.get(0)?, model, version: row.get(1)? };
                Ok(StaleMeasuring { on: of, measured_at: row.get(2)? })
            };
            transaction.query_row(sql, params![on.machine, on.model, on.version], row).optional()
        })
    }
}

fn disk_speed(transaction: &Transaction<'_>, machine: &str) -> rusqlite::Result<Option<f64>> {
    let sql = "SELECT megabytes_per_second FROM disk WHERE machine = ?1";
    transaction.query_row(sql, [machine], |row| row.get(0)).optional()
}

fn insert_pace(transaction: &Transaction<'_>, on: &MeasuredOn, pace: &PaceRecord) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO pace VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let MeasuredOn { machine, model, version } = on;
    let PaceRecord { device, precision, at_once, length, windows_per_second, compared } = pace;
    let values =
        params![machine, model, version, device, precision, at_once, length, windows_per_second, compared];
    transaction.execute(sql, values).map(drop)
}

fn pace(row: &Row<'_>) -> rusqlite::Result<PaceRecord> {
    Ok(PaceRecord {
        device: row.get(0)?,
        precision: row.get(1)?,
        at_once: row.get(2)?,
        length: row.get(3)?,
        windows_per_second: row.get(4)?,
        compared: row.get(5)?,
    })
}

fn loading_time(row: &Row<'_>) -> rusqlite::Result<LoadingRecord> {
    Ok(LoadingRecord { device: row.get(0)?, precision: row.get(1)?, milliseconds: row.get(2)? })
}

fn seconds_since_1970() -> i64 {
    // A clock before 1970 is wrong anyway.
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(machine: &str, version: &str) -> MeasuredOn {
        MeasuredOn { machine: machine.into(), model: "abc".into(), version: version.into() }
    }

    fn at(at_once: u32, windows_per_second: f64) -> PaceRecord {
        let (device, precision) = ("cpu".into(), "int8".into());
        PaceRecord { device, precision, at_once, length: 256, windows_per_second, compared: None }
    }

    fn measured(paces: Vec<PaceRecord>) -> MeasurementRecords {
        let loading =
            vec![LoadingRecord { device: "cpu".into(), precision: "int8".into(), milliseconds: 120.0 }];
        MeasurementRecords { paces, loading, disk_mb_per_s: Some(900.0), measured_at: None }
    }

    #[test]
    fn a_whole_measuring_replaces_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (here, elsewhere) = (on("here", "1"), on("elsewhere", "1"));
        {
            let database = Database::open(folder.path()).unwrap();
            database.replace_measurements(&here, &measured(vec![at(1, 40.0), at(2, 75.0)])).unwrap();
            database.replace_measurements(&elsewhere, &measured(vec![at(1, 9.0)])).unwrap();
            database.replace_measurements(&here, &measured(vec![at(2, 80.0)])).unwrap();
        }
        let database = Database::open(folder.path()).unwrap();
        let found = database.measurements(&here).unwrap();
        assert_eq!(found.paces, [at(2, 80.0)]);
        assert_eq!((found.loading.len(), found.disk_mb_per_s), (1, Some(900.0)));
        assert_eq!(database.disk_speed("here").unwrap(), Some(900.0));
        assert_eq!(database.disk_speed("nowhere").unwrap(), None);
        let when = found.measured_at.unwrap();
        assert!(when.len() == 20 && when.starts_with("20") && when.ends_with('Z'), "{when}");
        assert_eq!(database.measurements(&elsewhere).unwrap().paces, [at(1, 9.0)]);
        assert_eq!(database.measurements(&on("here", "2")).unwrap().paces, []);
    }

    #[test]
    fn readings_refine_a_pace_slowly() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        let here = on("here", "1");
        let pace = || database.measurements(&here).unwrap().paces[0].windows_per_second;
        database.refine_pace(&here, &at(2, 100.0)).unwrap();
        assert_eq!(pace(), 100.0);
        database.refine_pace(&here, &at(2, 50.0)).unwrap();
        assert_eq!(pace(), 85.0);
        (0..20).for_each(|_| database.refine_pace(&here, &at(2, 50.0)).unwrap());
        assert!((pace() - 50.0).abs() < 0.1);
        // A busy hour changes the promise, not what was compared in the same minute.
        let whole = PaceRecord { compared: Some(100.0), ..at(2, 100.0) };
        database.replace_measurements(&here, &measured(vec![whole])).unwrap();
        database.refine_pace(&here, &at(2, 50.0)).unwrap();
        assert_eq!(database.measurements(&here).unwrap().paces[0].compared, Some(100.0));
        assert_eq!(pace(), 85.0);
    }

    #[test]
    fn figures_of_another_machine_or_version_are_stale() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        assert_eq!(database.stale_measuring(&on("here", "1")).unwrap(), None);
        database.replace_measurements(&on("here", "1"), &measured(vec![at(1, 9.0)])).unwrap();
        assert_eq!(database.stale_measuring(&on("here", "1")).unwrap(), None);
        for other in [on("there", "1"), on("here", "2")] {
            assert_eq!(database.stale_measuring(&other).unwrap().unwrap().on, on("here", "1"));
        }
    }

    #[test]
    fn two_programs_may_write_at_the_same_time() {
        let folder = tempfile::tempdir().unwrap();
        let here = on("here", "1");
        std::thread::scope(|scope| {
            for worker in 1..=4 {
                let (folder, here) = (folder.path(), &here);
                scope.spawn(move || {
                    let database = Database::open(folder).unwrap();
                    (0..10).for_each(|_| database.refine_pace(here, &at(worker, 10.0)).unwrap());
                });
            }
        });
        let paces = Database::open(folder.path()).unwrap().measurements(&here).unwrap().paces;
        assert_eq!(paces, [1, 2, 3, 4].map(|worker| at(worker, 10.0)));
    }
}
