//! From logits to clauses: the windows' logits are merged into scores for every token ([`merge`]), spans are decoded
//! from the scores of each category ([`decode`]), and [`read_tokens`] does both for a whole text. [`scoring`] measures
//! the result as CUAD's own evaluation does.
//!
//! Generic over [`Encoder`](proviso_encoder::Encoder): tests use one that needs no weights.

mod answer;
mod decode;
mod evidence;
mod merge;
mod read;
pub mod scoring;
mod snap;

pub use evidence::Evidence;
pub use read::{ReadSettings, TaggedText, WindowsRead, read_tokens};
