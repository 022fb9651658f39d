//! Ways to damage PDFs.

use fastrand::Rng;

use crate::{Way, below, places, text::exaggerate_numbers};

pub(crate) const WAYS: &[Way] = &[exaggerate_numbers, exaggerate_numbers, double_object, exchange_names];

/// Writes an object of the file a second time, under another number or its own.
fn double_object(bytes: &mut Vec<u8>, random: &mut Rng) {
    let begins: Vec<usize> = places(bytes, b" obj").collect();
    let Some(&start) = begins.get(below(random, begins.len())) else { return };
    let Some(length) = places(&bytes[start..], b"endobj").next() else { return };
    let object = bytes[start..start + length + 6].to_vec();
    let to = begins[below(random, begins.len())];
    if random.bool() {
        // Behind another object's number, which so becomes this one, and may come to lie within itself.
        bytes.splice(to..to, object);
    } else {
        let number = random.u8(..99).to_string();
        bytes.extend([b"\n".as_slice(), number.as_bytes(), b" 0", &object, b"\n"].concat());
    }
}

/// Puts one name of the file in another's place.
fn exchange_names(bytes: &mut Vec<u8>, random: &mut Rng) {
    let begins: Vec<usize> = places(bytes, b"/").collect();
    let name = |bytes: &[u8], random: &mut Rng| {
        let start = *begins.get(below(random, begins.len()))?;
        let length = bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        Some(start..start + 1 + length)
    };
    let (Some(from), Some(to)) = (name(bytes, random), name(bytes, random)) else { return };
    let copy = bytes[from].to_vec();
    bytes.splice(to, copy);
}
