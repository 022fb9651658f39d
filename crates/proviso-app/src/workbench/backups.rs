//! Backups of what is kept: made beside the work, listed, and restored.

use std::{sync::Arc, thread};

use proviso_store::BackupRecord;

use super::{Inner, Workbench};
use crate::{
    AppError,
    lock::lock,
    view::{BackupView, BackupsView},
};

impl Inner {
    /// Makes a backup beside the work, where one is due. One that fails is due again with the next decision.
    pub(super) fn back_up_if_due(&self) {
        let Some(database) = self.records.shared() else { return };
        let Ok(mut running) = self.backing_up.try_lock() else { return };
        let is_running = running.as_ref().is_some_and(|backup| !backup.is_finished());
        if !is_running && database.needs_backup() {
            *running = Some(thread::spawn(move || drop(database.back_up())));
        }
    }

    /// Waits for a backup that is being made.
    fn wait_for_backup(&self) {
        if let Some(running) = lock(&self.backing_up).take() {
            let _ = running.join();
        }
    }
}

impl Workbench {
    /// The backups that can be restored, the newest first.
    ///
    /// # Errors
    /// If there is no database.
    pub fn backups(&self) -> Result<BackupsView, AppError> {
        let database = self.0.records.database()?;
        Ok(BackupsView {
            folder: database.backups_folder().display().to_string(),
            backups: database.backups().into_iter().map(backup_view).collect(),
        })
    }

    /// Makes a backup now.
    ///
    /// # Errors
    /// If there is no database, or the backup cannot be written.
    pub fn back_up(&self) -> Result<BackupsView, AppError> {
        self.0.wait_for_backup();
        self.0.records.database()?.back_up()?;
        self.backups()
    }

    /// Puts a backup in the place of everything that is kept, after that was backed up itself. All contracts are closed: what is
    /// known of them may be another now.
    ///
    /// # Errors
    /// If there is no database or no such backup, or it cannot be restored; all is then as it was.
    pub fn restore_backup(&self, name: &str) -> Result<BackupsView, AppError> {
        let database = Arc::clone(self.0.records.database()?);
        self.0.wait_for_backup();
        let open: Vec<u32> = lock(&self.0.contracts).keys().copied().collect();
        open.iter().for_each(|id| self.cancel(*id));
        self.0.line.hold();
        let restored = {
            // No reading is kept for a contract that is another one after it.
            let _turn = lock(&self.0.reading);
            database.restore(name)
        };
        if restored.is_ok() {
            open.iter().for_each(|id| self.close(*id));
        }
        self.0.line.take_up(&self.0.records, restored.is_ok());
        restored?;
        self.backups()
    }
}

fn backup_view(backup: BackupRecord) -> BackupView {
    BackupView {
        name: backup.name,
        made_at: backup.made_at as f64,
        contracts: backup.contracts,
        decisions: backup.decisions,
        megabytes: backup.bytes as f64 / 1e6,
        before_restoring: backup.before_restoring,
    }
}
