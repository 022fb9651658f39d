//! Models that answer questions, imported from the folders beside this file: their logits are those of Hugging Face
//! transformers, wherever their layers are while they are read.
#![allow(missing_docs, clippy::unwrap_used)]

mod damage;
mod device;
mod expected;
mod golden;
mod offload;
mod packed;

#[global_allocator]
static ALLOCATOR: proviso_hostile::Counting = proviso_hostile::Counting;
