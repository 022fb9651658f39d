//! Ways to damage any file.

use fastrand::Rng;

use crate::{Way, below, part};

pub(crate) const WAYS: &[Way] = &[
    |bytes, random| flip_bits(bytes, random),
    cut,
    |bytes, random| swap_parts(bytes, random),
    leave_out,
    scatter,
    repeat,
    |bytes, random| {
        overwrite_number(bytes, random);
    },
];

fn flip_bits(bytes: &mut [u8], random: &mut Rng) {
    for _ in 0..random.usize(1..=64) {
        let at = below(random, bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << random.u8(..8);
        }
    }
}

fn cut(bytes: &mut Vec<u8>, random: &mut Rng) {
    bytes.truncate(below(random, bytes.len()));
}

fn swap_parts(bytes: &mut [u8], random: &mut Rng) {
    let half = bytes.len() / 2;
    let length = 1 + below(random, half.min(4096));
    let (a, b) = (below(random, half), half + below(random, half));
    for at in 0..length {
        if a + at < b && b + at < bytes.len() {
            bytes.swap(a + at, b + at);
        }
    }
}

fn leave_out(bytes: &mut Vec<u8>, random: &mut Rng) {
    let part = part(random, bytes.len(), 2048);
    bytes.drain(part);
}

fn scatter(bytes: &mut Vec<u8>, random: &mut Rng) {
    let part = part(random, bytes.len(), 64);
    let noise: Vec<u8> = part.clone().map(|_| random.u8(..)).collect();
    bytes.splice(part, noise);
}

/// Writes a part a second time, somewhere.
fn repeat(bytes: &mut Vec<u8>, random: &mut Rng) {
    let copy = bytes[part(random, bytes.len(), 4096)].to_vec();
    let to = below(random, bytes.len());
    bytes.splice(to..to, copy);
}

/// Puts a number at the edge of what 2, 4 or 8 bytes hold in the place of whatever stands there: a length, a count, an offset.
fn overwrite_number(bytes: &mut [u8], random: &mut Rng) {
    const NUMBERS: &[u64] =
        &[0, 1, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 1 << 40, i64::MAX as u64, u64::MAX];
    let number = NUMBERS[random.usize(..NUMBERS.len())];
    let size = [2, 4, 8][random.usize(..3)];
    let number = if random.bool() { number.to_le_bytes() } else { number.to_be_bytes() };
    // The lower bytes stand first in the one order and last in the other.
    let number = if random.bool() { &number[..size] } else { &number[8 - size..] };
    let at = below(random, bytes.len());
    for (byte, new) in bytes[at..].iter_mut().zip(number) {
        *byte = *new;
    }
}
