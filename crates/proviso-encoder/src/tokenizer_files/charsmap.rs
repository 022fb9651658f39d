//! Sentencepiece's compiled table of characters. The library that looks characters up in it follows its references without
//! a look, so that each is followed here once before.
//!
//! A table is the size of a double-array trie in bytes, the trie in units of four bytes, and the replacements, each ended
//! by a zero. All numbers begin with their lowest byte.

/// Most bytes of a table; that of NFKC with lower-casing has less than 400,000.
const LARGEST: usize = 4 << 20;
/// Most bytes that a few characters are replaced by. The longest that NFKC asks for are 33.
const LONGEST_REPLACEMENT: usize = 256;

/// Checks that no look-up in the table can leave it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(table: &[u8]) -> Result<(), String> {
    let broken = |reason: &str| Err(format!("its table of characters is not usable: {reason}"));
    if table.len() > LARGEST {
        return broken("it is too large");
    }
    let Some((size, rest)) = table.split_first_chunk() else {
        return broken("it is cut off");
    };
    let size = u32::from_le_bytes(*size) as usize;
    let Some((trie, replacements)) =
        rest.split_at_checked(size).filter(|_| size > 0 && size.is_multiple_of(4))
    else {
        return broken("it is cut off");
    };
    let Ok(replacements) = str::from_utf8(replacements) else {
        return broken("it replaces characters by what is no text");
    };
    let units: Vec<Unit> = trie
        .chunks_exact(4)
        .map(|unit| Unit(u32::from_le_bytes([unit[0], unit[1], unit[2], unit[3]])))
        .collect();
    match follow(&units, replacements) {
        Ok(()) => Ok(()),
        Err(reason) => broken(reason),
    }
}

/// A unit of the trie: a node that says where its children are, or a leaf's value.
#[derive(Clone, Copy)]
struct Unit(u32);

impl Unit {
    fn has_leaf(self) -> bool {
        self.0 >> 8 & 1 == 1
    }

    fn value(self) -> usize {
        (self.0 & !(1 << 31)) as usize
    }

    /// The byte that leads to it; none that a leaf's value could be taken for.
    fn label(self) -> u32 {
        self.0 & (1 << 31 | 0xff)
    }

    fn offset(self) -> usize {
        ((self.0 >> 10) as usize) << ((self.0 & 1 << 9) >> 6)
    }
}

/// Visits every node that any text can lead to.
fn follow(units: &[Unit], replacements: &str) -> Result<(), &'static str> {
    let mut seen = vec![false; units.len()];
    let mut waiting = vec![0];
    while let Some(at) = waiting.pop() {
        let unit = units[at];
        let children = at ^ unit.offset();
        // A look-up goes to the place of any byte before it knows whether there is a child.
        if children | 0xff >= units.len() {
            return Err("its trie leads out of it");
        }
        if at != 0 && unit.has_leaf() {
            replacement(replacements, units[children].value())?;
        }
        for byte in 1..=0xff {
            let child = children ^ byte as usize;
            if units[child].label() == byte && !seen[child] {
                seen[child] = true;
                waiting.push(child);
            }
        }
    }
    Ok(())
}

fn replacement(replacements: &str, at: usize) -> Result<(), &'static str> {
    let replacement = replacements.get(at..).ok_or("it replaces characters by what is no text")?;
    let length = replacement.bytes().take(LONGEST_REPLACEMENT + 1).take_while(|byte| *byte != 0).count();
    if length > LONGEST_REPLACEMENT { Err("it has a replacement that is too long") } else { Ok(()) }
}
