//! Damage to files, the same for the same seed on every computer.

/// Numbers that look like chance (SplitMix64: Steele, Lea and Flood 2014).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    /// A part of so many bytes, at most `most` of them.
    fn part(&mut self, bytes: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(bytes);
        start..(start + 1 + self.below(most)).min(bytes)
    }
}

/// The ways in which a file is damaged.
const WAYS: &[fn(&mut Vec<u8>, &mut Chance)] = &[
    |bytes, chance| flip_bits(bytes, chance),
    cut,
    |bytes, chance| swap_parts(bytes, chance),
    leave_out,
    double_object,
    inflate_numbers,
    exchange_names,
    scatter_bytes,
];

/// A copy of a file with one to three kinds of damage.
pub fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let mut copy = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        WAYS[chance.below(WAYS.len())](&mut copy, &mut chance);
    }
    copy
}

fn flip_bits(bytes: &mut [u8], chance: &mut Chance) {
    for _ in 0..=chance.below(64) {
        let at = chance.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << chance.below(8);
        }
    }
}

fn cut(bytes: &mut Vec<u8>, chance: &mut Chance) {
    bytes.truncate(chance.below(bytes.len()));
}

fn swap_parts(bytes: &mut [u8], chance: &mut Chance) {
    let length = 1 + chance.below(4096.min(bytes.len() / 2));
    let (a, b) = (chance.below(bytes.len() / 2), bytes.len() / 2 + chance.below(bytes.len() / 2));
    for at in 0..length {
        if a + at < b && b + at < bytes.len() {
            bytes.swap(a + at, b + at);
        }
    }
}

fn leave_out(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let part = chance.part(bytes.len(), 2048);
    bytes.drain(part);
}

fn scatter_bytes(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let part = chance.part(bytes.len(), 64);
    let noise: Vec<u8> = part.clone().map(|_| chance.below(256) as u8).collect();
    bytes.splice(part, noise);
}

/// Writes an object of the file a second time, under another number or its own.
fn double_object(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let places: Vec<usize> = find(bytes, b" obj").collect();
    let Some(&start) = places.get(chance.below(places.len())) else { return };
    let Some(length) = find(&bytes[start..], b"endobj").next() else { return };
    let object = bytes[start..start + length + 6].to_vec();
    let to = places[chance.below(places.len())];
    if chance.below(2) == 0 {
        // Behind another object's number, which so becomes this one, and may come to lie within itself.
        bytes.splice(to..to, object);
    } else {
        bytes.extend(
            [b"\n".as_slice(), chance.below(99).to_string().as_bytes(), b" 0", &object, b"\n"].concat(),
        );
    }
}

/// Makes numbers of the file larger than anything fits: lengths, counts, sizes, object numbers, coordinates.
fn inflate_numbers(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const NUMBERS: &[&str] = &[
        "4294967295",
        "2147483648",
        "-1",
        "99999999999999999999",
        "1e308",
        "65536",
        "0",
        "-2147483649",
        "16777217",
    ];
    for _ in 0..=chance.below(6) {
        let from = chance.below(bytes.len());
        let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else {
            return;
        };
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = NUMBERS[chance.below(NUMBERS.len())];
        bytes.splice(start..start + length, number.bytes());
    }
}

/// Puts one name of the file in another's place.
fn exchange_names(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let places: Vec<usize> = find(bytes, b"/").collect();
    let mut name = |bytes: &[u8]| {
        let start = *places.get(chance.below(places.len()))?;
        let length = bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        Some(start..start + 1 + length)
    };
    let (Some(from), Some(to)) = (name(bytes), name(bytes)) else { return };
    let copy = bytes[from].to_vec();
    bytes.splice(to, copy);
}

fn find<'b>(bytes: &'b [u8], what: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes.windows(what.len()).enumerate().filter(move |(_, window)| *window == what).map(|(at, _)| at)
}
