//! A packed model's folder, of which layers are read when they are wanted.

use std::path::PathBuf;

use proviso_core::{Precision, Sha256Hex};
use proviso_kernels::Tier;

use super::{WordRows, array_file::ArrayFile};
use crate::{
    EncoderError, ModelFolder,
    architecture::Architecture,
    engine::{Arrays, Layer, Linear, NamedArray, Stem},
};

/// The file of the embeddings of words.
pub(super) const WORDS: &str = "words.safetensors";
/// The head's arrays within the stem's file.
const HEAD: &str = "head";

/// The file of a layer.
pub(super) fn layer_file(index: usize) -> String {
    format!("layer-{index:03}.safetensors")
}

/// A packed model: what is needed to read any of its parts.
#[derive(Debug)]
pub(crate) struct PackedFolder {
    tier: Tier,
    precision: Precision,
    architecture: Architecture,
    /// Logits of each token.
    outputs: usize,
    /// Files with their hashes.
    stem: (PathBuf, Sha256Hex),
    words: PathBuf,
    layers: Vec<(PathBuf, Sha256Hex)>,
}

impl PackedFolder {
    /// Looks at the manifest of a packed model, whose embeddings of words are checked; its other parts are when they are
    /// read.
    ///
    /// # Errors
    /// If the manifest does not name all files, or the embeddings of words are not those that it describes.
    pub fn open(folder: &ModelFolder, precision: Precision) -> Result<Self, EncoderError> {
        let architecture = folder.architecture()?;
        let part = |name: &str| Ok((folder.path().join(name), folder.expected_hash(name)?.clone()));
        folder.check(WORDS)?;
        Ok(Self {
            tier: Tier::current()?,
            precision,
            outputs: folder.manifest().outputs(),
            stem: part(ModelFolder::STEM)?,
            words: folder.path().join(WORDS),
            layers: (0..architecture.layers)
                .map(|index| part(&layer_file(index)))
                .collect::<Result<_, EncoderError>>()?,
            architecture,
        })
    }

    /// Opens a model that is to run at a level of precision, which must be the one that it was packed in.
    ///
    /// # Errors
    /// If the model is not packed, or was packed in other numbers; as [`open`](Self::open).
    pub fn open_at(folder: &ModelFolder, asked: Precision) -> Result<Self, EncoderError> {
        let path = || folder.path().to_owned();
        match folder.manifest().packed {
            None => Err(EncoderError::NotPacked(path())),
            Some(packed) if packed.precision != asked => {
                Err(EncoderError::PackedOtherwise { path: path(), stored: packed.precision, asked })
            }
            Some(_) => Self::open(folder, asked),
        }
    }

    /// Number of layers.
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// The files of all layers.
    pub fn layer_paths(&self) -> Vec<PathBuf> {
        self.layers.iter().map(|(path, _)| path.clone()).collect()
    }

    /// The numbers that the layers' weights are.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The shape of the model.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// What surrounds the layers, and the head.
    ///
    /// # Errors
    /// If a file is missing, was changed, or is not of this model.
    pub fn stem(&self) -> Result<(Stem, Linear), EncoderError> {
        let architecture = &self.architecture;
        let words =
            WordRows::open(self.words.clone(), architecture.vocabulary, architecture.embedding_width)?;
        let mut stem = Stem::shaped(self.tier, self.precision, architecture, words);
        let mut head = Linear::shaped(self.tier, Precision::F32, self.outputs, architecture.width);
        let (path, hash) = &self.stem;
        ArrayFile::open(path.clone())?.fill(stem_arrays(&mut stem, &mut head), Some(hash))?;
        Ok((stem, head))
    }

    /// Memory for a layer, to be filled.
    pub fn shaped_layer(&self, stem: &Stem) -> Layer {
        Layer::shaped(self.tier, self.precision, &self.architecture, &stem.positions)
    }

    /// Fills the arrays of a layer from its file; `verify` says whether its hash is checked.
    ///
    /// # Errors
    /// If the file is missing, was changed, is not of this model, or cannot be read.
    pub fn fill(&self, index: usize, layer: Vec<NamedArray<'_>>, verify: bool) -> Result<(), EncoderError> {
        let (path, hash) = &self.layers[index];
        ArrayFile::open(path.clone())?.fill(layer, verify.then_some(hash))
    }

    /// A layer, in memory.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn layer(&self, index: usize, stem: &Stem) -> Result<Layer, EncoderError> {
        let mut layer = self.shaped_layer(stem);
        self.fill(index, layer.arrays(), true)?;
        Ok(layer)
    }
}

/// The arrays of what surrounds the layers.
pub(super) fn stem_arrays<'a>(stem: &'a mut Stem, head: &'a mut Linear) -> Vec<NamedArray<'a>> {
    let mut of_head = Arrays::default();
    head.store(HEAD, &mut of_head);
    let mut arrays = stem.arrays();
    arrays.extend(of_head.into_all());
    arrays
}
