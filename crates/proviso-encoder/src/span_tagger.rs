//! The bundled kind of model: one pass over a window scores all categories at once.

use proviso_kernels::{Output, Tier};

use crate::{
    Encoder, EncoderError, ModelFolder, Precision, SpanLogits, TextTokenizer,
    architecture::Family,
    engine::{Builder, Engine, Linear, Observers, joined},
    weights::Weights,
};

/// An encoder with a linear head that gives start, end and inside logits for every token and category.
pub struct SpanTagger {
    engine: Engine,
    head: Linear,
    categories: usize,
    first_id: u32,
    last_id: u32,
}

impl SpanTagger {
    /// Loads the weights of a model folder at a level of precision. `tokenizer` says which special tokens frame a window.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run, or the model has no activation
    /// ranges and the level needs them.
    pub fn load(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
    ) -> Result<Self, EncoderError> {
        Self::load_observed(folder, tokenizer, precision, None)
    }

    pub(crate) fn load_observed(
        folder: &ModelFolder,
        tokenizer: &TextTokenizer,
        precision: Precision,
        observers: Option<&Observers>,
    ) -> Result<Self, EncoderError> {
        let tier = Tier::current()?;
        let architecture = folder.architecture()?;
        let [first_id, last_id] = frame_ids(folder, tokenizer, architecture.family)?;
        let ranges = match precision {
            Precision::Int8Static => Some(folder.activation_ranges()?),
            _ => None,
        };
        let categories = folder.manifest().labels.len();
        let source = folder.weights()?;
        let all =
            Builder { weights: Weights::new(&source), tier, precision, ranges: ranges.as_ref(), observers };
        let builder = Builder { weights: all.weights.encoder()?, ..all.clone() };
        // The head is computed in f32 at every level.
        let head = Builder { precision: Precision::F32, observers: None, ..all };
        Ok(Self {
            engine: Engine::load(&builder, &architecture)?,
            head: head.linear("span_head", "head", 3 * categories, architecture.width)?,
            categories,
            first_id,
            last_id,
        })
    }
}

/// The ids of the special tokens that frame a window.
///
/// # Errors
/// If the tokenizer does not have them.
pub(crate) fn frame_ids(
    folder: &ModelFolder,
    tokenizer: &TextTokenizer,
    family: Family,
) -> Result<[u32; 2], EncoderError> {
    let id = |token: &str| {
        let reason = || format!("it has no token `{token}`");
        tokenizer.id_of(token).ok_or_else(|| folder.malformed(ModelFolder::TOKENIZER, reason()))
    };
    let [first, last] = family.frame();
    Ok([id(first)?, id(last)?])
}

impl Encoder for SpanTagger {
    fn span_logits(&self, ids: &[u32]) -> Result<SpanLogits, EncoderError> {
        self.span_logits_with(ids, 1)
    }

    fn span_logits_with(&self, ids: &[u32], threads: usize) -> Result<SpanLogits, EncoderError> {
        let framed: Vec<u32> = [self.first_id].iter().chain(ids).chain(&[self.last_id]).copied().collect();
        let outputs = self.head.outputs();
        let parts = self.engine.run(&framed, threads, |hidden, rows, panel| {
            let mut logits = vec![0.0; rows * outputs];
            self.head.forward_floats(hidden, rows, panel, Output::plain(&mut logits, outputs));
            logits
        })?;
        let mut logits = joined(parts);
        // Nothing is asked of the special tokens.
        logits.truncate((framed.len() - 1) * outputs);
        logits.drain(..outputs);
        Ok(SpanLogits::new(self.categories, logits))
    }

    fn categories(&self) -> usize {
        self.categories
    }
}
