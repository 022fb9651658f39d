//! The contracts of a receipt, found by what is in them.

use std::{
    cell::OnceCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use proviso_core::Sha256Hex;
use proviso_export::ReceiptContract;

use crate::{ContractFile, pdf_files};

/// Where contracts are looked for.
pub(super) struct Places<'a> {
    receipt_folder: &'a Path,
    named: &'a [PathBuf],
    /// The files in the named places by what is in them; they are read when the first contract does not lie where the receipt says.
    by_hash: OnceCell<BTreeMap<Sha256Hex, PathBuf>>,
}

/// What was found for a contract of a receipt.
pub(super) enum Found {
    /// The very file.
    Same(PathBuf, ContractFile),
    /// Another file at its place, and the very file nowhere.
    Other(ContractFile),
    /// Nothing, for a reason.
    Nowhere(String),
}

impl Found {
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Same(path, _) => Some(path.clone()),
            Self::Other(_) | Self::Nowhere(_) => None,
        }
    }
}

impl<'a> Places<'a> {
    pub fn new(receipt_folder: &'a Path, named: &'a [PathBuf]) -> Self {
        Self { receipt_folder, named, by_hash: OnceCell::new() }
    }

    /// Looks where the receipt says, then beside the receipt, then in the places that the person named.
    pub fn find(&self, contract: &ReceiptContract) -> Found {
        let given = Path::new(&contract.path);
        let Some(wanted) = &contract.sha256 else {
            return Found::Nowhere("it could not be read from the disk when the receipt was made".to_owned());
        };
        let beside = given.file_name().map(|name| self.receipt_folder.join(name));
        let candidates = [Some(given.to_owned()), Some(self.receipt_folder.join(given)), beside];
        let mut other = None;
        for path in candidates.into_iter().flatten() {
            match ContractFile::load(&path) {
                Ok(file) if file.sha256 == *wanted => return Found::Same(path, file),
                Ok(file) => other = other.or(Some(file)),
                Err(_) => {}
            }
        }
        if let Some(path) = self.by_hash().get(wanted)
            && let Ok(file) = ContractFile::load(path)
        {
            return Found::Same(path.clone(), file);
        }
        other.map_or_else(|| Found::Nowhere(self.nowhere()), Found::Other)
    }

    fn by_hash(&self) -> &BTreeMap<Sha256Hex, PathBuf> {
        self.by_hash.get_or_init(|| {
            let files = pdf_files(self.named).into_iter();
            let hashed = files.filter_map(|path| Some((ContractFile::load(&path).ok()?.sha256, path)));
            hashed.collect()
        })
    }

    fn nowhere(&self) -> String {
        match self.named {
            [] => "it does not lie where the receipt says; name the file, or a folder to look for it in"
                .to_owned(),
            _ => "neither where the receipt says nor in what was named is a file with its SHA-256".to_owned(),
        }
    }
}
