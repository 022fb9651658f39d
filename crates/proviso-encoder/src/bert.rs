//! The BERT encoder (Devlin et al., arXiv 1810.04805), tensor names as in Hugging Face transformers.

mod config;
mod layer;
mod model;

pub(crate) use config::BertConfig;
pub(crate) use model::{BertModel, Weights, load_head};
