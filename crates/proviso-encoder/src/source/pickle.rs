//! Reads the pickle in which PyTorch describes tensors by name.
//!
//! A pickle is a program for a stack machine that can call any function. This machine knows the few instructions that
//! `torch.save` writes, and instead of calling functions it notes what the few that rebuild tensors would make. All
//! others are refused by name.

mod instruction;
mod known;
mod machine;
mod value;

use machine::Machine;
pub(super) use value::Stored;
use value::Value;

/// The tensors, by name, that the pickle describes; what else stands beside them is passed over.
///
/// # Errors
/// In words: if the pickle asks for anything but tensors, or is damaged.
pub(super) fn tensors(pickle: &[u8]) -> Result<Vec<(String, Stored<'_>)>, String> {
    let (values, root) = Machine::run(pickle)?;
    let Value::Dict(entries) = &values[root] else { return Err("describes no tensors by name".into()) };
    let named = entries.iter().filter_map(|(name, tensor)| match (&values[*name], &values[*tensor]) {
        (Value::Text(name), Value::Tensor(tensor)) => Some(((*name).to_owned(), tensor.clone())),
        _ => None,
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests;
