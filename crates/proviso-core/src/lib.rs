//! The nouns of Proviso, shared by every other crate: a contract as text with a box for every character
//! ([`Document`]), positions in it ([`TextRange`], [`PdfRect`]), the 41 kinds of clause of CUAD ([`Category`])
//! and those that a person names ([`Topic`]), what a model says about them ([`Finding`]), where it computes ([`Device`]) and how exactly ([`Precision`]).
//!
//! Nothing here reads a file, a clock or a device.

mod category;
mod char_index;
mod device;
mod document;
mod finding;
mod geometry;
mod precision;
mod range;
mod review;
mod sha256;
mod topic;
mod warning;

pub use category::{AnswerFormat, Category, CategoryGroup, UnknownCategory};
pub use device::{Device, UnknownDevice};
pub use document::{CharBox, Document, DocumentError, Mark, Page, Rotation};
pub use finding::Finding;
pub use geometry::PdfRect;
pub use precision::{Precision, UnknownPrecision};
pub use range::TextRange;
pub use review::{Anchor, Carried, Decision, Deed, Fate, Origin};
pub use sha256::{ParseSha256Error, Sha256Hex};
pub use topic::Topic;
pub use warning::{Warning, WarningKind};
