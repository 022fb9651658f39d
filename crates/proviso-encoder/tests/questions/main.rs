//! Models that answer questions, imported from the folders beside this file: their logits are those of Hugging Face
//! transformers, wherever their layers are while they are read.
#![allow(missing_docs, clippy::unwrap_used)]

mod device;
mod expected;
mod golden;
mod offload;
mod packed;
