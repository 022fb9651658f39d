//! The review of a contract. What the model said and what the person decided are kept apart: [`Review`] is what the person's deeds
//! come to, and [`Review::clauses`] lays it over whatever a model found. [`carry_over`] finds the decided clauses again in another version of
//! the contract.
//!
//! Nothing here reads a file or a clock.

mod carry;
mod clause;
mod review;
mod words;

pub use carry::carry_over;
pub use clause::Clause;
pub use review::Review;
