//! A Hugging Face folder packed for the kernels, one file after the other. Never more than a layer is in memory.

use std::{collections::BTreeMap, path::Path};

use proviso_core::Sha256Hex;
use proviso_kernels::Tier;

use super::{
    WordRows,
    folder::{WORDS, layer_file, stem_arrays},
    words::TENSOR,
    write::{HashedFile, header, write_arrays},
};
use crate::{
    ElementType, EncoderError, Manifest, ModelFolder, ModelKind, PackedLayout, Precision, Source,
    WindowShape,
    architecture::{Architecture, RelativePositions},
    backbone::read_folder,
    engine::{Builder, Layer, Positions, Stem},
    weights::Weights,
};

/// Bytes of the table of words that are in memory at once, about.
const CHUNK: usize = 4 << 20;

/// Tokens of a pass, special ones included, that question-answering models are trained with on CUAD.
const LONGEST_WINDOW: usize = 512;
/// In the words of SPDX: nothing is said of the licence.
const UNKNOWN_LICENCE: &str = "NOASSERTION";

/// A Hugging Face folder whose configuration and tensors were checked, so that it can be packed.
pub struct Packing {
    source: Source,
    architecture: Architecture,
    kind: ModelKind,
    outputs: usize,
    precision: Precision,
    tier: Tier,
}

/// How far the writing of a file has come; `false` ends it.
pub type PackingProgress<'a> = dyn FnMut(u64) -> bool + 'a;

impl Packing {
    /// Reads `config.json` and the headers of the weights in `folder`, and checks every tensor's name, shape and type. Nothing
    /// is written.
    ///
    /// # Errors
    /// If a file is missing or damaged, the model is of a kind that cannot be run, or a tensor is missing or wrong, which the
    /// message names.
    pub fn prepare(folder: &Path, precision: Precision) -> Result<Self, EncoderError> {
        if precision == Precision::Int8Static {
            return Err(EncoderError::NotCalibrated(folder.to_owned()));
        }
        let (architecture, source) = read_folder(folder)?;
        let kind = ModelKind::QuestionAnswering;
        let outputs = 2;
        check(&source, &architecture, kind, outputs)?;
        Ok(Self { source, architecture, kind, outputs, precision, tier: Tier::current()? })
    }

    /// The numbers that the layers' weights become.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Number of weights.
    pub fn parameters(&self) -> u64 {
        Weights::new(&self.source).parameters()
    }

    /// Tokens of the longest window, special ones included.
    pub fn longest_window(&self) -> usize {
        self.architecture.longest_window
    }

    /// The files that the weights come from, each with its size in bytes.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Bytes of all files that will be written, estimated from above.
    pub fn most_bytes(&self) -> u64 {
        let Architecture { vocabulary, embedding_width, width, layers, .. } = self.architecture;
        let words = (vocabulary * embedding_width) as u64;
        let bytes = match self.precision {
            Precision::F32 => 4,
            Precision::F16 => 2,
            Precision::Int8 | Precision::Int8Static | Precision::Int4 => 1,
        };
        // The distances of each layer are projected beforehand, in both directions.
        let distances = match self.architecture.relative_positions {
            RelativePositions::Disentangled(kind) => (4 * kind.span() * width * layers) as u64,
            RelativePositions::None | RelativePositions::Bias => 0,
        };
        let multiplied = self.parameters().saturating_sub(words) + distances;
        4 * words + multiplied * bytes / 10 * 11
    }

    /// The files to be written, in this order.
    pub fn files(&self) -> Vec<String> {
        let layers = (0..self.architecture.layers).map(layer_file);
        [WORDS, ModelFolder::STEM].into_iter().map(str::to_owned).chain(layers).collect()
    }

    /// Writes a file of [`files`](Self::files) into `folder`; `WORDS` is the first of them and must be there before the
    /// second. Its hash and size, or `None` if `on_bytes`, which hears of the bytes that were read, ended it.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn write(
        &self,
        number: usize,
        folder: &Path,
        on_bytes: &mut PackingProgress<'_>,
    ) -> Result<Option<(Sha256Hex, u64)>, EncoderError> {
        let path = folder.join(&self.files()[number]);
        match number {
            0 => self.write_words(&path, on_bytes),
            1 => self.write_stem(&path, folder, on_bytes),
            _ => self.write_layer(&path, number - 2, on_bytes),
        }
    }

    /// The manifest of a model packed so. `written` are the files of [`files`](Self::files) with their hashes and sizes, `others`
    /// the hashes of the other files of the folder.
    pub fn manifest(
        &self,
        name: &str,
        description: &str,
        written: &BTreeMap<String, (Sha256Hex, u64)>,
        others: BTreeMap<String, Sha256Hex>,
    ) -> Manifest {
        let size = |name: &str| written.get(name).map_or(0, |(_, bytes)| *bytes);
        let layers = self.architecture.layers;
        let hashes = written.iter().map(|(name, (hash, _))| (name.clone(), hash.clone()));
        Manifest {
            schema: Manifest::SCHEMA,
            name: name.to_owned(),
            description: description.to_owned(),
            kind: self.kind,
            parameters: self.parameters(),
            precision: self.precision.name().to_owned(),
            packed: Some(PackedLayout {
                precision: self.precision,
                layers,
                layer_bytes: (0..layers).map(|index| size(&layer_file(index))).max().unwrap_or(0),
                stem_bytes: size(ModelFolder::STEM),
            }),
            licence: UNKNOWN_LICENCE.to_owned(),
            files: others.into_iter().chain(hashes).collect(),
            window: WindowShape { length: self.longest_window().min(LONGEST_WINDOW) },
            labels: Vec::new(),
            thresholds: BTreeMap::new(),
            calibration: None,
            dial: Vec::new(),
            screening: None,
            scores: None,
        }
    }

    fn builder(&self) -> Result<Builder<'_>, EncoderError> {
        let weights = Weights::new(&self.source).encoder()?;
        Ok(Builder { weights, tier: self.tier, precision: self.precision, ranges: None, observers: None })
    }

    fn write_words(
        &self,
        path: &Path,
        on_bytes: &mut PackingProgress<'_>,
    ) -> Result<Option<(Sha256Hex, u64)>, EncoderError> {
        let (rows, width) = (self.architecture.vocabulary, self.architecture.embedding_width);
        let table = self.builder()?.under("embeddings").weights.rows_of("word_embeddings.weight")?;
        let is_f16 = table.element() == ElementType::F16;
        let (dtype, size) = if is_f16 { ("F16", 2) } else { ("F32", 4) };
        let mut file = HashedFile::create(path)?;
        let bytes = (rows * width * size) as u64;
        file.write(&header([(TENSOR, dtype, vec![rows, width], bytes)].into_iter()))?;
        let step = (CHUNK / (4 * width)).max(1);
        let (mut numbers, mut bytes) = (Vec::new(), Vec::new());
        for first in (0..rows).step_by(step) {
            table.read(first..rows.min(first + step), &mut numbers)?;
            bytes.clear();
            if is_f16 {
                // They were f16 in the file, so nothing is lost.
                bytes.extend(numbers.iter().flat_map(|number| half::f16::from_f32(*number).to_le_bytes()));
            } else {
                bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
            }
            file.write(&bytes)?;
            if !on_bytes(bytes.len() as u64) {
                return Ok(None);
            }
        }
        file.finish().map(Some)
    }

    fn write_stem(
        &self,
        path: &Path,
        folder: &Path,
        on_bytes: &mut PackingProgress<'_>,
    ) -> Result<Option<(Sha256Hex, u64)>, EncoderError> {
        let (rows, width) = (self.architecture.vocabulary, self.architecture.embedding_width);
        let words = WordRows::open(folder.join(WORDS), rows, width)?;
        let mut stem = Stem::load_with(&self.builder()?, &self.architecture, words)?;
        let floats =
            Builder { weights: Weights::new(&self.source), precision: Precision::F32, ..self.builder()? };
        let mut head = floats.linear(self.kind.head(), "head", self.outputs, self.architecture.width)?;
        let written = write_arrays(path, &stem_arrays(&mut stem, &mut head))?;
        Ok(on_bytes(written.1).then_some(written))
    }

    fn write_layer(
        &self,
        path: &Path,
        index: usize,
        on_bytes: &mut PackingProgress<'_>,
    ) -> Result<Option<(Sha256Hex, u64)>, EncoderError> {
        let builder = self.builder()?;
        let positions = Positions::load(&builder, &self.architecture)?;
        let mut layer = Layer::load(&builder, &self.architecture, &positions, index)?;
        let written = write_arrays(path, &layer.arrays())?;
        Ok(on_bytes(self.source_bytes(index)).then_some(written))
    }

    /// Bytes of a layer in the source.
    fn source_bytes(&self, index: usize) -> u64 {
        let part = format!("encoder.layer.{index}.");
        let of_layer = self.source.tensors().filter(|(name, _)| name.contains(&part));
        of_layer.map(|(_, tensor)| (tensor.numbers() * tensor.element().bytes()) as u64).sum()
    }
}

/// Checks that a source has all tensors of a model.
fn check(
    source: &Source,
    architecture: &Architecture,
    kind: ModelKind,
    outputs: usize,
) -> Result<(), EncoderError> {
    let prefix = source.encoder_prefix()?;
    let (named, norms) = architecture.tensors();
    let mut expected: Vec<(String, Vec<usize>)> =
        named.into_iter().map(|(name, shape)| (format!("{prefix}{name}"), shape)).collect();
    for (name, shape) in norms {
        let name = format!("{prefix}{name}");
        let is_old = source.tensor(&format!("{name}.gamma")).is_some();
        let parts = if is_old { ["gamma", "beta"] } else { ["weight", "bias"] };
        expected.extend(parts.map(|part| (format!("{name}.{part}"), shape.clone())));
    }
    let head = kind.head();
    expected.push((format!("{head}.weight"), vec![outputs, architecture.width]));
    expected.push((format!("{head}.bias"), vec![outputs]));
    source.expect(expected.iter().map(|(name, shape)| (name.as_str(), &shape[..])))
}
