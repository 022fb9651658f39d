//! A model in Proviso's layout: a folder with a manifest, and the files that the manifest names.

mod calibration;
mod kind;
mod manifest;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use proviso_core::Sha256Hex;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{
    EncoderError, Source,
    architecture::{Architecture, Config},
    engine::ActivationRanges,
};
pub use calibration::{ConfidenceCurve, DialSetting};
pub use kind::ModelKind;
pub use manifest::{Manifest, ModelScores, PackedLayout, Reached, Screening, WindowShape};

/// A model folder whose manifest has been read. Its other files are checked against the manifest's hashes when read.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    path: PathBuf,
    manifest: Manifest,
    identity: Sha256Hex,
}

impl ModelFolder {
    /// The file that makes a folder a model.
    pub const MANIFEST: &str = "manifest.json";
    /// The file with the architecture.
    pub const CONFIG: &str = "config.json";
    /// The file with the weights.
    pub const WEIGHTS: &str = "model.safetensors";
    /// The file of a packed model with what surrounds its layers.
    pub const STEM: &str = "stem.safetensors";
    /// The file with the ranges of activations, if the model was calibrated.
    pub const ACTIVATION_RANGES: &str = "activation_ranges.json";
    /// The file with the vocabulary.
    pub const TOKENIZER: &str = "tokenizer.json";

    /// Reads the manifest of the model in `path`.
    ///
    /// # Errors
    /// If there is none, or it is not one that this version understands.
    pub fn open(path: &Path) -> Result<Self, EncoderError> {
        let file = path.join(Self::MANIFEST);
        if !file.is_file() {
            return Err(EncoderError::NoManifest(path.to_owned()));
        }
        let bytes = fs::read(&file).map_err(|source| EncoderError::Read { path: file.clone(), source })?;
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|error| EncoderError::Malformed { path: file.clone(), reason: error.to_string() })?;
        if let Some(reason) = manifest.fault() {
            return Err(EncoderError::Malformed { path: file, reason });
        }
        Ok(Self { path: path.to_owned(), identity: manifest.identity(), manifest })
    }

    /// Opens every model folder directly under the given ones, in the order of their names. Folders that hold no
    /// model are passed over; a folder with a manifest that cannot be used is an error in the list.
    pub fn list(parents: &[PathBuf]) -> Vec<Result<Self, EncoderError>> {
        let mut paths: Vec<PathBuf> = parents
            .iter()
            .filter_map(|parent| fs::read_dir(parent).ok())
            .flat_map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()))
            .filter(|path| path.join(Self::MANIFEST).is_file())
            .collect();
        paths.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
        paths.iter().map(|path| Self::open(path)).collect()
    }

    /// Where the model lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The largest of the files that the manifest names.
    pub fn largest_file(&self) -> PathBuf {
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |file| file.len());
        let paths = self.manifest.files.keys().map(|name| self.path.join(name));
        paths.max_by_key(size).unwrap_or_else(|| self.path.join(Self::WEIGHTS))
    }

    /// Bytes of all files that the manifest names, as far as they are there.
    pub fn bytes(&self) -> u64 {
        let size = |name: &String| fs::metadata(self.path.join(name)).map_or(0, |file| file.len());
        self.manifest.files.keys().map(size).sum()
    }

    /// What the model is.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The weights' SHA-256, of a packed model that of all its files: its identity in receipts.
    pub fn weights_hash(&self) -> &Sha256Hex {
        &self.identity
    }

    /// Whether activation ranges belong to the model, which `int8-static` needs.
    pub fn is_calibrated(&self) -> bool {
        self.manifest.files.contains_key(Self::ACTIVATION_RANGES)
    }

    /// Special tokens of a pass with a question.
    ///
    /// # Errors
    /// If `config.json` cannot be read, or does not describe a model that can be run.
    pub fn special_tokens(&self) -> Result<usize, EncoderError> {
        Ok(2 + self.architecture()?.family.tokens_between())
    }

    /// What `config.json` describes.
    pub(crate) fn architecture(&self) -> Result<Architecture, EncoderError> {
        let config: Config = self.read_json(Self::CONFIG)?;
        config.architecture().map_err(|reason| self.malformed(Self::CONFIG, reason))
    }

    /// The weights, after their file was checked. They are read from it as they are needed.
    pub(crate) fn weights(&self) -> Result<Source, EncoderError> {
        self.check(Self::WEIGHTS)?;
        Source::open(&self.path)
    }

    /// The ranges of what enters each linear layer.
    pub(crate) fn activation_ranges(&self) -> Result<ActivationRanges, EncoderError> {
        if !self.is_calibrated() {
            return Err(EncoderError::NotCalibrated(self.path.clone()));
        }
        self.read_json(Self::ACTIVATION_RANGES)
    }

    /// Reads every file that the manifest names and checks it.
    ///
    /// # Errors
    /// The first file that is missing or is not the one described.
    pub fn verify(&self) -> Result<(), EncoderError> {
        self.manifest.files.keys().try_for_each(|name| self.check(name))
    }

    /// Checks that a file is the one the manifest describes, without holding it.
    pub(crate) fn check(&self, name: &str) -> Result<(), EncoderError> {
        let path = self.path.join(name);
        let hash = || {
            let mut hasher = Sha256::new();
            io::copy(&mut File::open(&path)?, &mut hasher)?;
            Ok(hasher.finalize().into())
        };
        let digest = hash().map_err(|source| EncoderError::Read { path: path.clone(), source })?;
        self.expect_hash(name, &Sha256Hex::from_digest(&digest))
    }

    /// Reads a file and checks that it is the one the manifest describes.
    pub(crate) fn read_verified(&self, name: &str) -> Result<Vec<u8>, EncoderError> {
        let path = self.path.join(name);
        let bytes = fs::read(&path).map_err(|source| EncoderError::Read { path, source })?;
        self.expect_hash(name, &Sha256Hex::from_digest(&Sha256::digest(&bytes).into()))?;
        Ok(bytes)
    }

    /// The hash that the manifest gives for a file.
    pub(crate) fn expected_hash(&self, name: &str) -> Result<&Sha256Hex, EncoderError> {
        self.manifest
            .files
            .get(name)
            .ok_or_else(|| self.malformed(Self::MANIFEST, format!("it gives no SHA-256 for `{name}`")))
    }

    fn expect_hash(&self, name: &str, found: &Sha256Hex) -> Result<(), EncoderError> {
        expect_hash(&self.path.join(name), self.expected_hash(name)?, found)
    }

    pub(crate) fn read_json<T: DeserializeOwned>(&self, name: &str) -> Result<T, EncoderError> {
        serde_json::from_slice(&self.read_verified(name)?)
            .map_err(|error| self.malformed(name, error.to_string()))
    }

    pub(crate) fn malformed(&self, name: &str, reason: String) -> EncoderError {
        EncoderError::Malformed { path: self.path.join(name), reason }
    }
}

/// Checks the hash that was found of a file.
///
/// # Errors
/// If it is another than the expected one.
pub(crate) fn expect_hash(path: &Path, expected: &Sha256Hex, found: &Sha256Hex) -> Result<(), EncoderError> {
    if found == expected {
        return Ok(());
    }
    let (expected, found) = (expected.to_string(), found.to_string());
    Err(EncoderError::HashMismatch { path: path.to_owned(), expected, found })
}
