//! Short answers from clauses: what CUAD derives from them, as typed values ([`Value`]) with how they were come by ([`Basis`]).
//!
//! [`answers`] takes a contract's text and its clauses and answers each clause and the contract: some answers need several
//! clauses, as an Expiration Date that is counted from the Effective Date. Pure functions: no clock, no file. No text makes
//! them panic, and their time is linear in it.

mod answer;
mod company;
mod contract;
mod dates;
mod day;
mod law;
mod number;
mod party;
mod pattern;
mod period;
mod place;
pub mod read;
mod renewal;
mod term;
mod timeline;
mod title;
mod words;

pub use answer::{Answer, Basis, Value};
pub use company::is_company_form;
pub use contract::{Answers, Clause, answers};
pub use dates::dates_in;
pub use day::Day;
pub use party::{Party, is_address};
pub use period::{Period, Unit};
pub use place::Place;
pub use renewal::Renewal;
