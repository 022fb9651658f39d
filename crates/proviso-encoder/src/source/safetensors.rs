//! The header of a safetensors file: eight bytes with its length, then JSON with every tensor and its range.

use serde::Deserialize;

use super::{element::ElementType, file::SourceFile, json::Entries, tensor::SourceTensor};
use crate::EncoderError;

/// Bytes of the length that the file begins with.
const LENGTH: u64 = 8;

/// What the header says of a tensor.
#[derive(Debug, Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    /// First byte and the one behind the last, counted from the end of the header.
    data_offsets: (u64, u64),
}

/// The tensors of the file, which is number `place` of its source.
///
/// # Errors
/// If the file is cut off, or the header is none, contradicts itself, or does not describe the file to its end: ranges that
/// overlap or leave bytes out are refused, as they are by the safetensors library.
pub(crate) fn tensors(file: &SourceFile, place: usize) -> Result<Vec<(String, SourceTensor)>, EncoderError> {
    let length = file.header("header's length", 0, LENGTH)?;
    let length = length.iter().rev().fold(0, |length, byte| length << 8 | u64::from(*byte));
    let header = file.header("header", LENGTH, length)?;
    let Entries(mut entries) = serde_json::from_slice::<Entries<Entry>>(&header)
        .map_err(|error| file.malformed(format!("its header is none of safetensors: {error}")))?;
    entries.sort_by_key(|(_, entry)| entry.data_offsets);

    let first = LENGTH + length;
    let available = file.len() - first;
    let mut end = 0;
    let mut tensors = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        let malformed = |reason: &str| Err(file.malformed(format!("its tensor `{name}` {reason}")));
        let (from, to) = entry.data_offsets;
        if to > available {
            return malformed(&format!(
                "should end at byte {} and the file has {}; it is cut off: fetch it again",
                first.saturating_add(to),
                file.len()
            ));
        }
        if from < end {
            return malformed("overlaps another one");
        }
        if from > end || to < from {
            return malformed(&format!("has the bytes {from} to {to}, where byte {end} is the next"));
        }
        end = to;
        let Some(element) = element(&entry.dtype) else {
            return malformed(&format!("is of the type `{}`, which is not supported", entry.dtype));
        };
        match SourceTensor::new(entry.shape, None, element, place, (first + from, to - from)) {
            Err(reason) => return malformed(&reason),
            Ok(tensor) if (tensor.numbers() * element.bytes()) as u64 != to - from => {
                return malformed(&format!("has {} bytes, too many for its shape", to - from));
            }
            Ok(tensor) => tensors.push((name, tensor)),
        }
    }
    if end != available {
        return Err(file.malformed(format!("{} bytes at its end belong to no tensor", available - end)));
    }
    Ok(tensors)
}

/// The type of that name.
fn element(name: &str) -> Option<ElementType> {
    let integer = |bytes| ElementType::Integer { bytes };
    Some(match name {
        "F64" => ElementType::F64,
        "F32" => ElementType::F32,
        "F16" => ElementType::F16,
        "BF16" => ElementType::Bf16,
        "BOOL" | "U8" | "I8" => integer(1),
        "U16" | "I16" => integer(2),
        "U32" | "I32" => integer(4),
        "U64" | "I64" => integer(8),
        _ => return None,
    })
}
