//! The bundled kind of model: one pass over a window scores all categories at once.

use candle_core::safetensors::BufferedSafetensors;

use crate::{
    Encoder, EncoderError, ModelFolder, SpanLogits, TextTokenizer,
    bert::{BertConfig, BertModel, Weights, load_head},
    ops::Linear,
};

/// A BERT encoder with a linear head that gives start, end and inside logits for every token and category.
pub struct SpanTagger {
    model: BertModel,
    head: Linear,
    categories: usize,
    first_id: u32,
    last_id: u32,
}

impl SpanTagger {
    /// Loads the weights of a model folder, in f32. `tokenizer` says which special tokens frame a window.
    ///
    /// # Errors
    /// If a file is missing, was changed, or does not describe a model that can be run.
    pub fn load(folder: &ModelFolder, tokenizer: &TextTokenizer) -> Result<Self, EncoderError> {
        let config: BertConfig = folder.read_json("config.json")?;
        if let Some(reason) = config.unsupported() {
            return Err(folder.malformed("config.json", reason));
        }
        let special = |token: &str| {
            tokenizer
                .id_of(token)
                .ok_or_else(|| folder.malformed("tokenizer.json", format!("it has no token `{token}`")))
        };
        let categories = folder.manifest().labels.len();
        let bytes = folder.read_verified(ModelFolder::WEIGHTS)?;
        let malformed = |error: candle_core::Error| folder.malformed(ModelFolder::WEIGHTS, error.to_string());
        let tensors = BufferedSafetensors::new(bytes).map_err(malformed)?;
        let weights = Weights::new(&tensors);
        Ok(Self {
            model: BertModel::load(&weights.under("bert"), &config).map_err(malformed)?,
            head: load_head(&weights, 3 * categories, config.hidden_size).map_err(malformed)?,
            categories,
            first_id: special("[CLS]")?,
            last_id: special("[SEP]")?,
        })
    }
}

impl Encoder for SpanTagger {
    fn span_logits(&self, ids: &[u32]) -> Result<SpanLogits, EncoderError> {
        let framed: Vec<u32> = [self.first_id].iter().chain(ids).chain(&[self.last_id]).copied().collect();
        let hidden = self.model.forward(&framed)?.narrow(0, 1, ids.len())?;
        let logits = self.head.forward(&hidden)?;
        Ok(SpanLogits::new(self.categories, logits.flatten_all()?.to_vec1()?))
    }

    fn categories(&self) -> usize {
        self.categories
    }
}
