//! A model's `config.json`, as Hugging Face transformers writes it.

use proviso_kernels::Activation;
use serde::Deserialize;

use super::{Architecture, Disentangled, Family, RelativePositions, T5_BUCKETS};

/// The most that a model may have of something. The largest encoders have a tenth of it; a file that says more would have names and
/// shapes made of what cannot be there.
const MOST: [(&str, usize); 8] = [
    ("layers", 1_000),
    ("values a token", 1 << 16),
    ("values within a layer", 1 << 20),
    ("tokens", 1 << 24),
    ("positions", 1 << 24),
    ("segments", 1 << 16),
    ("distances", 1 << 24),
    ("tokens under its convolution", 1 << 10),
];

/// What of a configuration decides what is computed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Config {
    model_type: String,
    hidden_act: String,
    hidden_size: usize,
    intermediate_size: usize,
    layer_norm_eps: f64,
    max_position_embeddings: usize,
    num_attention_heads: usize,
    num_hidden_layers: usize,
    vocab_size: usize,
    #[serde(default)]
    type_vocab_size: usize,
    #[serde(default = "padding")]
    pad_token_id: usize,
    position_embedding_type: Option<String>,
    embedding_size: Option<usize>,
    attention_head_size: Option<usize>,
    #[serde(default = "t5_buckets")]
    relative_attention_num_buckets: usize,
    #[serde(default)]
    relative_attention: bool,
    position_buckets: Option<isize>,
    max_relative_positions: Option<isize>,
    pos_att_type: Option<OneOrMany>,
    share_att_key: Option<bool>,
    norm_rel_ebd: Option<String>,
    position_biased_input: Option<bool>,
    conv_kernel_size: Option<usize>,
    conv_act: Option<String>,
}

/// `"c2p|p2c"` or `["c2p", "p2c"]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn has(&self, part: &str) -> bool {
        match self {
            Self::One(text) => text.split('|').any(|found| found == part),
            Self::Many(parts) => parts.iter().any(|found| found == part),
        }
    }
}

fn padding() -> usize {
    1
}

fn t5_buckets() -> usize {
    T5_BUCKETS
}

impl Config {
    /// The encoder that the configuration describes.
    ///
    /// # Errors
    /// What this program cannot run, in words.
    pub(crate) fn architecture(&self) -> Result<Architecture, String> {
        let family = match self.model_type.as_str() {
            "bert" => Family::Bert,
            "roberta" | "xlm-roberta" => Family::Roberta,
            "mpnet" => Family::Mpnet,
            "deberta-v2" => Family::Deberta,
            other => {
                return Err(format!(
                    "models of type `{other}` are not supported; bert, roberta, xlm-roberta, mpnet and deberta-v2 are"
                ));
            }
        };
        self.check_size()?;
        self.check_shape()?;
        let positions = self.max_position_embeddings;
        let first = match family {
            Family::Bert | Family::Deberta => 0,
            Family::Roberta => self.pad_token_id + 1,
            // Its padding is not read from the configuration.
            Family::Mpnet => 2,
        };
        let absolute = family != Family::Deberta || self.position_biased_input.unwrap_or(true);
        let convolution = match self.conv_kernel_size {
            Some(size) if family == Family::Deberta && size > 0 => {
                Some((size, activation(self.conv_act.as_deref().unwrap_or("tanh"))?))
            }
            _ => None,
        };
        Ok(Architecture {
            family,
            width: self.hidden_size,
            embedding_width: self.embedding_size.unwrap_or(self.hidden_size),
            inner_width: self.intermediate_size,
            heads: self.num_attention_heads,
            layers: self.num_hidden_layers,
            vocabulary: self.vocab_size,
            segments: if family == Family::Mpnet { 0 } else { self.type_vocab_size },
            activation: activation(&self.hidden_act)?,
            epsilon: self.layer_norm_eps as f32,
            absolute_positions: absolute.then_some((positions, first)),
            relative_positions: self.relative_positions(family)?,
            longest_window: positions.saturating_sub(first),
            convolution,
        })
    }

    fn check_size(&self) -> Result<(), String> {
        let distance = |number: Option<isize>| number.map_or(0, |number| number.max(0) as usize);
        let found = [
            self.num_hidden_layers,
            self.hidden_size.max(self.embedding_size.unwrap_or(0)),
            self.intermediate_size,
            self.vocab_size.max(self.pad_token_id),
            self.max_position_embeddings,
            self.type_vocab_size,
            distance(self.position_buckets).max(distance(self.max_relative_positions)),
            self.conv_kernel_size.unwrap_or(0),
        ];
        match MOST.iter().zip(found).find(|((_, most), found)| found > most) {
            Some(((what, most), found)) => {
                Err(format!("it describes a model of {found} {what}; {most} are the most that is supported"))
            }
            None => Ok(()),
        }
    }

    fn check_shape(&self) -> Result<(), String> {
        let (width, heads) = (self.hidden_size, self.num_attention_heads);
        if heads == 0 || width == 0 || !width.is_multiple_of(heads) {
            return Err(format!("{heads} attention heads do not divide a width of {width}"));
        }
        if self.attention_head_size.is_some_and(|size| size.checked_mul(heads) != Some(width)) {
            return Err("attention heads that together are wider than the model are not supported".into());
        }
        if self.position_embedding_type.as_deref().is_some_and(|kind| kind != "absolute") {
            return Err("relative position embeddings of BERT are not supported".into());
        }
        if self.num_hidden_layers == 0 || self.intermediate_size == 0 || self.vocab_size == 0 {
            return Err("it describes an empty model".into());
        }
        Ok(())
    }

    fn relative_positions(&self, family: Family) -> Result<RelativePositions, String> {
        let positive =
            |number: Option<isize>| number.filter(|number| *number > 0).map(|number| number as usize);
        match family {
            Family::Mpnet => {
                let buckets = self.relative_attention_num_buckets;
                if buckets != T5_BUCKETS {
                    return Err(format!(
                        "{buckets} buckets of distances are not supported, {T5_BUCKETS} are"
                    ));
                }
                Ok(RelativePositions::Bias)
            }
            Family::Deberta if self.relative_attention => {
                let types = |part| self.pos_att_type.as_ref().is_some_and(|types| types.has(part));
                let buckets = positive(self.position_buckets);
                if buckets.is_some_and(|buckets| buckets < 4) {
                    return Err("fewer than four buckets of distances are not supported".into());
                }
                Ok(RelativePositions::Disentangled(Disentangled {
                    buckets,
                    max_distance: positive(self.max_relative_positions)
                        .unwrap_or(self.max_position_embeddings),
                    content_to_position: types("c2p"),
                    position_to_content: types("p2c"),
                    shared_projections: self.share_att_key.unwrap_or(false),
                    normalized: self.norm_rel_ebd.as_deref().is_some_and(|norm| norm.contains("layer_norm")),
                }))
            }
            Family::Bert | Family::Roberta | Family::Deberta => Ok(RelativePositions::None),
        }
    }
}

fn activation(name: &str) -> Result<Activation, String> {
    match name {
        "gelu" => Ok(Activation::Gelu),
        "gelu_new" | "gelu_fast" | "gelu_pytorch_tanh" => Ok(Activation::GeluTanh),
        "relu" => Ok(Activation::Relu),
        "tanh" => Ok(Activation::Tanh),
        other => Err(format!("the activation `{other}` is not supported")),
    }
}
