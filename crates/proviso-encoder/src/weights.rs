//! The tensors of a model by name, read from its files when they are asked for.

use half::f16;

use crate::{EncoderError, Source, architecture::Architecture, source::ElementType};

/// Numbers of a table that are read at once.
const CHUNK: usize = 1 << 18;

/// Named tensors under a prefix of their names.
#[derive(Clone)]
pub(crate) struct Weights<'a> {
    source: &'a Source,
    prefix: String,
}

/// A table of vectors as its file holds it.
pub(crate) enum Table {
    F32(Vec<f32>),
    F16(Vec<f16>),
}

/// What is added to the words of each segment, where a model tells segments apart.
pub(crate) struct Segments {
    /// Of the first one, `[embedding width]`; zeros for a model that knows no segments.
    pub first: Vec<f32>,
    /// What the second one's is more than that; `None` for a model that does not know a second one.
    pub second: Option<Vec<f32>>,
}

impl Segments {
    /// The segments among the embeddings.
    ///
    /// # Errors
    /// If the table is missing or has another shape.
    pub(crate) fn load(embeddings: &Weights<'_>, architecture: &Architecture) -> Result<Self, EncoderError> {
        let (width, count) = (architecture.embedding_width, architecture.segments);
        if count == 0 {
            return Ok(Self { first: vec![0.0; width], second: None });
        }
        let mut first = embeddings.get("token_type_embeddings.weight", &[count, width])?;
        let mut second = first.split_off(width);
        second.truncate(width);
        second.iter_mut().zip(&first).for_each(|(second, first)| *second -= first);
        Ok(Self { first, second: (count > 1).then_some(second) })
    }
}

impl<'a> Weights<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, prefix: String::new() }
    }

    /// The tensors under `name`.
    pub(crate) fn under(&self, name: &str) -> Self {
        Self { source: self.source, prefix: self.full_name(name) }
    }

    /// The tensors of the encoder, whether or not their names begin with that of an architecture.
    ///
    /// # Errors
    /// If there is no encoder among them, or more than one.
    pub(crate) fn encoder(&self) -> Result<Self, EncoderError> {
        let prefix = self.source.encoder_prefix()?;
        Ok(Self { source: self.source, prefix: prefix.trim_end_matches('.').to_owned() })
    }

    /// Number of weights under all names.
    pub(crate) fn parameters(&self) -> u64 {
        self.source.tensors().map(|(_, tensor)| tensor.numbers() as u64).sum()
    }

    fn has(&self, name: &str) -> bool {
        self.source.tensor(&self.full_name(name)).is_some()
    }

    /// The tensor of that name as f32, row-major.
    ///
    /// # Errors
    /// If there is none, it has another shape, or it cannot be read.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        let name = self.full_name(name);
        self.source.expect([(name.as_str(), shape)])?;
        let mut numbers = Vec::new();
        self.source.rows(&name, 0..shape.first().copied().unwrap_or(1), &mut numbers)?;
        Ok(numbers)
    }

    /// Weights `[outputs, inputs]` and bias of the linear layer of that name, both multiplied with `scale`.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape.
    pub(crate) fn linear(
        &self,
        name: &str,
        outputs: usize,
        inputs: usize,
        scale: f32,
    ) -> Result<(Vec<f32>, Vec<f32>), EncoderError> {
        let part = self.under(name);
        let mut weight = part.get("weight", &[outputs, inputs])?;
        let mut bias = part.get("bias", &[outputs])?;
        if scale != 1.0 {
            weight.iter_mut().chain(&mut bias).for_each(|number| *number *= scale);
        }
        Ok((weight, bias))
    }

    /// Scale and shift of the layer normalisation of that name.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape.
    pub(crate) fn norm(&self, name: &str, width: usize) -> Result<(Vec<f32>, Vec<f32>), EncoderError> {
        let part = self.under(name);
        // Checkpoints converted from TensorFlow use the older names.
        let (scale, shift) = if part.has("gamma") { ("gamma", "beta") } else { ("weight", "bias") };
        Ok((part.get(scale, &[width])?, part.get(shift, &[width])?))
    }

    /// The table `[rows, width]` of that name as f16 where the file holds it so, else as f32.
    ///
    /// # Errors
    /// If there is none, it has another shape, or it cannot be read.
    pub(crate) fn table(&self, name: &str, shape: [usize; 2]) -> Result<Table, EncoderError> {
        let full_name = self.full_name(name);
        let is_f16 = |tensor: &crate::SourceTensor| tensor.element() == ElementType::F16;
        if !self.source.tensor(&full_name).is_some_and(is_f16) {
            return self.get(name, &shape).map(Table::F32);
        }
        self.source.expect([(full_name.as_str(), &shape[..])])?;
        let [rows, width] = shape;
        let mut table = Vec::with_capacity(rows * width);
        let mut chunk = Vec::new();
        let step = (CHUNK / width.max(1)).max(1);
        for first in (0..rows).step_by(step) {
            self.source.rows(&full_name, first..rows.min(first + step), &mut chunk)?;
            // They were f16 in the file, so nothing is lost.
            table.extend(chunk.iter().map(|number| f16::from_f32(*number)));
        }
        Ok(Table::F16(table))
    }

    /// The tensor of that name, whose rows are read as they are wanted.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn rows_of(&self, name: &str) -> Result<TensorRows<'a>, EncoderError> {
        let name = self.full_name(name);
        let missing = || self.source.malformed(format!("it has no tensor `{name}`"));
        let tensor = self.source.tensor(&name).ok_or_else(missing)?;
        Ok(TensorRows { source: self.source, element: tensor.element(), name })
    }

    fn full_name(&self, name: &str) -> String {
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}.{name}", self.prefix) }
    }
}

/// A tensor of which some rows are read at a time.
pub(crate) struct TensorRows<'a> {
    source: &'a Source,
    element: ElementType,
    name: String,
}

impl TensorRows<'_> {
    /// What its numbers are in the file.
    pub(crate) fn element(&self) -> ElementType {
        self.element
    }

    /// Some rows as f32, in place of what is in `out`.
    ///
    /// # Errors
    /// If they cannot be read.
    pub(crate) fn read(&self, rows: std::ops::Range<usize>, out: &mut Vec<f32>) -> Result<(), EncoderError> {
        self.source.rows(&self.name, rows, out)
    }
}
