//! From a byte of a text to the number of characters before it.

/// The characters before every block of a text, so that a long text need not be counted from its start.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CharIndex {
    before: Vec<usize>,
}

/// Bytes of a block.
const BLOCK: usize = 256;

impl CharIndex {
    /// Counts the text once.
    pub fn new(text: &str) -> Self {
        let mut before = vec![0];
        let mut count = 0;
        for block in text.as_bytes().chunks_exact(BLOCK) {
            count += characters(block);
            before.push(count);
        }
        Self { before }
    }

    /// The number of characters before the byte at `offset` of the text that was counted, at the cost of one block.
    ///
    /// # Panics
    /// If the offset lies behind the end of the text.
    pub fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.before[block] + characters(&text.as_bytes()[block * BLOCK..offset])
    }
}

/// The characters that begin in a piece of UTF-8, which may begin and end within one.
fn characters(bytes: &[u8]) -> usize {
    const CONTINUATION: std::ops::RangeInclusive<u8> = 0x80..=0xBF;
    bytes.iter().filter(|byte| !CONTINUATION.contains(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_gives_what_counting_gives() {
        // One to four bytes a character; the blocks end within characters of every width.
        let mixed = "§ 12 „Vertrag“ – 契約書 🖋 ".repeat(60);
        let texts = ["", "a", &"x".repeat(BLOCK), &"🖋".repeat(BLOCK), &"é".repeat(BLOCK + 1), &mixed];
        for text in texts {
            let index = CharIndex::new(text);
            let ends = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
            for (count, offset) in ends.enumerate() {
                assert_eq!(index.characters_before(text, offset), count, "at {offset} of {text:.20}");
            }
        }
    }
}
