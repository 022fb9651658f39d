//! Ways to damage texts: JSON, lists of words, configurations.

use fastrand::Rng;

use crate::{Way, below, places};

pub(crate) const WAYS: &[Way] = &[exaggerate_numbers, exchange_words, exchange_words, nest, leave_out_line];

/// Puts numbers at the edge of what fits in the place of numbers: lengths, counts, sizes, object numbers, coordinates.
pub(crate) fn exaggerate_numbers(bytes: &mut Vec<u8>, random: &mut Rng) {
    const NUMBERS: &[&str] = &[
        "4294967295",
        "2147483648",
        "-1",
        "18446744073709551615",
        "99999999999999999999",
        "1e308",
        "65536",
        "0",
        "-2147483649",
        "16777217",
        "9223372036854775807",
    ];
    for _ in 0..random.usize(1..=6) {
        let from = below(random, bytes.len());
        let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else {
            return;
        };
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = NUMBERS[random.usize(..NUMBERS.len())];
        bytes.splice(start..start + length, number.bytes());
    }
}

/// Puts one quoted word in another's place: a name, a value, a key.
fn exchange_words(bytes: &mut Vec<u8>, random: &mut Rng) {
    let quotes: Vec<usize> = places(bytes, b"\"").collect();
    let word = |random: &mut Rng| {
        let first = below(random, quotes.len().saturating_sub(1));
        Some(*quotes.get(first)?..*quotes.get(first + 1)?)
    };
    let (Some(from), Some(to)) = (word(random), word(random)) else { return };
    let copy = bytes[from].to_vec();
    bytes.splice(to, copy);
}

/// Opens many brackets at once, which a reader that calls itself for each may not follow.
fn nest(bytes: &mut Vec<u8>, random: &mut Rng) {
    let at = below(random, bytes.len());
    let bracket = [b"[".as_slice(), b"{\"a\":"][random.usize(..2)];
    bytes.splice(at..at, bracket.repeat(random.usize(1..20_000)));
}

fn leave_out_line(bytes: &mut Vec<u8>, random: &mut Rng) {
    let ends: Vec<usize> = places(bytes, b"\n").collect();
    let first = below(random, ends.len().saturating_sub(1));
    if let (Some(&start), Some(&end)) = (ends.get(first), ends.get(first + 1)) {
        bytes.drain(start..end);
    }
}
