//! Whether a source has the tensors that a model needs.

use super::Source;
use crate::EncoderError;

/// How many tensors a message names before it counts the others.
const NAMED: usize = 10;

impl Source {
    /// Checks that these tensors, by their full names, are there in these shapes and can be read as f32.
    ///
    /// # Errors
    /// One that names the first ten that are missing and the first ten that are wrong, and counts the others.
    pub fn expect<'n>(
        &self,
        expected: impl IntoIterator<Item = (&'n str, &'n [usize])>,
    ) -> Result<(), EncoderError> {
        let mut missing = Vec::new();
        let mut wrong = Vec::new();
        for (name, shape) in expected {
            match self.tensor(name) {
                None => missing.push(format!("`{name}`")),
                Some(tensor) if tensor.shape() != shape => {
                    wrong.push(format!("`{name}` has the shape {:?} instead of {shape:?}", tensor.shape()));
                }
                Some(tensor) => wrong.extend(tensor.unreadable().map(|reason| format!("`{name}` {reason}"))),
            }
        }
        let missing =
            (!missing.is_empty()).then(|| format!("these tensors are missing: {}", listed(&missing)));
        let wrong = (!wrong.is_empty()).then(|| format!("these tensors are wrong: {}", listed(&wrong)));
        let reasons: Vec<String> = missing.into_iter().chain(wrong).collect();
        if reasons.is_empty() { Ok(()) } else { Err(self.malformed(reasons.join("; "))) }
    }
}

fn listed(items: &[String]) -> String {
    let named = items[..items.len().min(NAMED)].join(", ");
    match items.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
