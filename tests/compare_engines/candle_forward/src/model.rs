//! The models of candle-transformers behind one name.

use std::path::Path;

use anyhow::{Context, Result, bail};
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::{bert, debertav2, xlm_roberta};

/// A model in memory, in f32.
pub struct Model {
    network: Network,
    /// How many words it knows.
    pub vocabulary: usize,
}

enum Network {
    Bert(bert::BertModel),
    Roberta(xlm_roberta::XLMRobertaModel),
    Deberta(debertav2::DebertaV2Model),
}

impl Model {
    /// Loads the `config.json` and `model.safetensors` of a folder.
    pub fn load(folder: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(folder.join("config.json")).context("config.json")?;
        let config: serde_json::Value = serde_json::from_str(&text)?;
        let bytes = std::fs::read(folder.join("model.safetensors")).context("model.safetensors")?;
        let weights = VarBuilder::from_buffered_safetensors(bytes, DType::F32, &Device::Cpu)?;
        let network = match config["model_type"].as_str().unwrap_or_default() {
            "bert" => Network::Bert(bert::BertModel::load(weights, &serde_json::from_str(&text)?)?),
            "roberta" | "xlm-roberta" => {
                Network::Roberta(xlm_roberta::XLMRobertaModel::new(&serde_json::from_str(&text)?, weights)?)
            }
            "deberta-v2" => {
                Network::Deberta(debertav2::DebertaV2Model::load(weights, &serde_json::from_str(&text)?)?)
            }
            other => bail!("candle-transformers has no `{other}`"),
        };
        let vocabulary = config["vocab_size"].as_u64().context("config.json says no vocab_size")?;
        Ok(Self { network, vocabulary: usize::try_from(vocabulary)? })
    }

    /// The hidden states of a window of ids: `[1, tokens]` to `[1, tokens, width]`.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor> {
        let types = ids.zeros_like()?;
        Ok(match &self.network {
            Network::Bert(model) => model.forward(ids, &types, None)?,
            Network::Roberta(model) => model.forward(ids, &ids.ones_like()?, &types, None, None, None)?,
            Network::Deberta(model) => model.forward(ids, Some(types), None)?,
        })
    }
}
