//! Which of transformers' tokenizers a folder's files are for.

use std::path::Path;

use serde::Deserialize;

use super::{malformed, options::Options};
use crate::EncoderError;

/// The tokenizers that can be made from such files, by the models that have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bert,
    Mpnet,
    Roberta,
    DebertaV2,
    XlmRoberta,
}

/// What of a `config.json` decides about the tokenizer.
#[derive(Debug, Deserialize)]
struct ModelConfig {
    model_type: Option<String>,
    tokenizer_class: Option<String>,
}

impl Kind {
    /// The kind that `tokenizer_config.json` names, else that which `config.json` names, else that of the model's type.
    ///
    /// # Errors
    /// If it is none of the supported ones, or `config.json` does not say it.
    pub(super) fn of(folder: &Path, options: &Options) -> Result<Self, EncoderError> {
        if let Some(class) = options.text("tokenizer_class")? {
            return Self::of_class(class).map_err(|reason| malformed(options.path(), reason));
        }
        let path = folder.join("config.json");
        let bytes = super::read(&path, Options::LARGEST)?;
        let config: ModelConfig =
            serde_json::from_slice(&bytes).map_err(|error| malformed(&path, error.to_string()))?;
        let kind = match (config.tokenizer_class, config.model_type) {
            (Some(class), _) => Self::of_class(&class),
            (None, Some(model)) => Self::of_model(&model),
            (None, None) => Err("it has no `model_type`".into()),
        };
        kind.map_err(|reason| malformed(&path, reason))
    }

    fn of_class(class: &str) -> Result<Self, String> {
        Ok(match class.strip_suffix("Fast").unwrap_or(class) {
            "BertTokenizer" => Self::Bert,
            "MPNetTokenizer" => Self::Mpnet,
            "RobertaTokenizer" => Self::Roberta,
            "DebertaV2Tokenizer" => Self::DebertaV2,
            "XLMRobertaTokenizer" => Self::XlmRoberta,
            other => {
                return Err(format!(
                    "its tokenizer is a `{other}`, which is supported only where it comes as `tokenizer.json`; have \
                     transformers write that file with `save_pretrained`"
                ));
            }
        })
    }

    fn of_model(model: &str) -> Result<Self, String> {
        Ok(match model {
            "bert" => Self::Bert,
            "mpnet" => Self::Mpnet,
            "roberta" => Self::Roberta,
            "deberta-v2" => Self::DebertaV2,
            "xlm-roberta" => Self::XlmRoberta,
            other => {
                return Err(format!(
                    "models of type `{other}` are not supported; bert, roberta, xlm-roberta, mpnet and deberta-v2 are"
                ));
            }
        })
    }

    /// The files that its vocabulary is in.
    pub(super) fn files(self) -> &'static [&'static str] {
        match self {
            Self::Bert | Self::Mpnet => &["vocab.txt"],
            Self::Roberta => &["vocab.json", "merges.txt"],
            Self::DebertaV2 => &["spm.model"],
            Self::XlmRoberta => &["sentencepiece.bpe.model"],
        }
    }

    /// The same files for a message.
    pub(super) fn files_in_words(self) -> &'static str {
        match self {
            Self::Bert | Self::Mpnet => "`vocab.txt`",
            Self::Roberta => "`vocab.json` with `merges.txt`",
            Self::DebertaV2 => "`spm.model`",
            Self::XlmRoberta => "`sentencepiece.bpe.model`",
        }
    }
}
