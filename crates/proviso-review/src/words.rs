//! A text as its words.

use std::ops::Range;

use proviso_core::TextRange;

/// The words of a text with where they stand. Two words are the same if they are written the same way.
pub(crate) struct Words<'a> {
    text: &'a str,
    places: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    /// Cuts at white space.
    pub fn of(text: &'a str) -> Self {
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        let places = text.split_whitespace().map(|word| start(word)..start(word) + word.len()).collect();
        Self { text, places }
    }

    /// All words.
    pub fn all(&self) -> Vec<&'a str> {
        self.places.iter().map(|place| &self.text[place.clone()]).collect()
    }

    /// The words that a range of bytes touches.
    pub fn within(&self, range: TextRange) -> Range<usize> {
        let first = self.places.partition_point(|place| place.end <= range.start);
        let end = self.places.partition_point(|place| place.start < range.end);
        first..end.max(first)
    }

    /// The bytes of some words, of which there is one at least.
    pub fn bytes(&self, words: Range<usize>) -> TextRange {
        TextRange::new(self.places[words.start].start, self.places[words.end - 1].end)
    }
}
