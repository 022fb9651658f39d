//! The reading process by itself, for this crate's tests and measurements.

fn main() {}
