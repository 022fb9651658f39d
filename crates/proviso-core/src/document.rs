//! A contract as the model and the viewer share it: one text, and a box for every character of it.

use serde::{Deserialize, Serialize};

use crate::{PdfRect, TextRange, char_index::CharIndex};

/// A contract's text in reading order with the place of each character on its page.
///
/// The text is the body of all pages in order, so that a clause which runs over a page break is one piece, followed
/// by the running headers, footers and page numbers ("margins") of all pages. A character that stands in the text
/// but not on a page (a space or line break that was added between words) has an empty box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Document {
    text: String,
    pages: Vec<Page>,
    boxes: Vec<CharBox>,
    /// Made of the text, so it does not travel with it.
    #[serde(skip_serializing)]
    characters: CharIndex,
}

/// A [`Document`] as it is serialised.
#[derive(Deserialize)]
struct Parts {
    text: String,
    pages: Vec<Page>,
    boxes: Vec<CharBox>,
}

impl TryFrom<Parts> for Document {
    type Error = DocumentError;

    fn try_from(parts: Parts) -> Result<Self, DocumentError> {
        Self::new(parts.text, parts.pages, parts.boxes)
    }
}

/// A page of a [`Document`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What a viewer shows of the page, in PDF user space: the CropBox within the MediaBox.
    pub crop: PdfRect,
    /// How far the page is turned for display.
    pub rotation: Rotation,
}

/// A page's /Rotate: clockwise turns for display. Rectangles are given before it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Rotation {
    /// Upright.
    #[default]
    None,
    /// 90 degrees clockwise.
    Quarter,
    /// Upside down.
    Half,
    /// 270 degrees clockwise.
    ThreeQuarters,
}

impl Rotation {
    /// The rotation for a /Rotate entry, which may be negative or above 360; other angles count as none.
    pub fn from_degrees(degrees: i64) -> Self {
        match degrees.rem_euclid(360) {
            90 => Self::Quarter,
            180 => Self::Half,
            270 => Self::ThreeQuarters,
            _ => Self::None,
        }
    }

    /// Degrees clockwise: 0, 90, 180 or 270.
    pub fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }
}

/// Where one character stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CharBox {
    /// Index of the page, from 0.
    pub page: u32,
    /// Index of the line among the lines of its page, in reading order: characters of one line are marked together.
    pub line: u32,
    /// The box from descent to ascent and over the advance; empty for a character that is not on the page.
    pub rect: PdfRect,
}

/// A rectangle to mark on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Index of the page, from 0.
    pub page: u32,
    /// What to mark, in PDF user space.
    pub rect: PdfRect,
}

/// Text, boxes and pages do not belong together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// There must be one box for each character (not byte) of the text.
    #[error("a text of {characters} characters came with {boxes} boxes")]
    BoxCount {
        /// Characters of the text.
        characters: usize,
        /// Boxes that came with it.
        boxes: usize,
    },
    /// A box names a page that the document does not have.
    #[error("a character stands on page {page} of a document of {pages} pages")]
    NoSuchPage {
        /// The page named, from 1.
        page: u32,
        /// Pages of the document.
        pages: usize,
    },
}

impl Document {
    /// A document from its parts; `boxes` holds one entry for each character of `text`.
    ///
    /// # Errors
    /// If the number of boxes is not that of the characters, or a box names a page that is not there.
    pub fn new(text: String, pages: Vec<Page>, boxes: Vec<CharBox>) -> Result<Self, DocumentError> {
        let characters = text.chars().count();
        if characters != boxes.len() {
            return Err(DocumentError::BoxCount { characters, boxes: boxes.len() });
        }
        if let Some(lost) = boxes.iter().find(|b| b.page as usize >= pages.len()) {
            return Err(DocumentError::NoSuchPage { page: lost.page + 1, pages: pages.len() });
        }
        Ok(Self { characters: CharIndex::new(&text), text, pages, boxes })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pages in order.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The text of a range.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries of this document's text.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.start..range.end]
    }

    /// Each character with its box, in the order of the text.
    pub fn characters(&self) -> impl Iterator<Item = (char, &CharBox)> {
        self.text.chars().zip(&self.boxes)
    }

    /// The page (index from 0) on which the first visible character of the range stands.
    pub fn page_of(&self, range: TextRange) -> Option<u32> {
        let boxes = self.boxes_of(range);
        boxes.iter().find(|b| !b.rect.is_empty()).or(boxes.first()).map(|b| b.page)
    }

    /// The rectangles that cover the range: one for each line it touches, in reading order.
    pub fn marks(&self, range: TextRange) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut current_line = None;
        for b in self.boxes_of(range).iter().filter(|b| !b.rect.is_empty()) {
            match marks.last_mut() {
                Some(mark) if current_line == Some((b.page, b.line)) => mark.rect = mark.rect.union(&b.rect),
                _ => marks.push(Mark { page: b.page, rect: b.rect }),
            }
            current_line = Some((b.page, b.line));
        }
        marks
    }

    /// The text on which a person laid rectangles, without white space around it: of the pieces that the rectangles touch the one with
    /// most characters. (A rectangle over a page's lower edge touches the page's number too, which stands elsewhere in the text.) `None`
    /// where they touch no character.
    pub fn range_within(&self, marked: &[Mark]) -> Option<TextRange> {
        /// Visible characters between two of a piece that the rectangles may miss.
        const GAP: usize = 12;
        let is_marked = |b: &CharBox| {
            let center = b.rect.center();
            marked.iter().any(|mark| mark.page == b.page && mark.rect.contains(center, 0.0))
        };
        let (mut best, mut best_count) = (None, 0);
        let (mut piece, mut count, mut missed) = (TextRange::new(0, 0), 0, 0);
        for ((offset, c), b) in self.text.char_indices().zip(&self.boxes) {
            if c.is_whitespace() || b.rect.is_empty() {
                continue;
            }
            if !is_marked(b) {
                missed += 1;
                continue;
            }
            if count == 0 || missed > GAP {
                (piece, count) = (TextRange::new(offset, offset), 0);
            }
            piece.end = offset + c.len_utf8();
            (count, missed) = (count + 1, 0);
            if count > best_count {
                (best, best_count) = (Some(piece), count);
            }
        }
        best
    }

    /// The boxes of a range's characters. Wherever it stands in the text, this costs no more than the range is long.
    fn boxes_of(&self, range: TextRange) -> &[CharBox] {
        let first = self.characters.characters_before(&self.text, range.start);
        let count = self.slice(range).chars().count();
        &self.boxes[first..first + count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page { crop: PdfRect::from_corners(0.0, 0.0, 612.0, 792.0), rotation: Rotation::None }
    }

    /// Ten points a character, a line break starts a new line, '|' a new page; breaks have no box.
    fn document(text: &str) -> Document {
        let (mut page_index, mut line, mut column) = (0, 0, 0);
        let mut boxes = Vec::new();
        for c in text.chars() {
            let x = column as f32 * 10.0;
            let y = 700.0 - line as f32 * 12.0;
            let visible = !matches!(c, '\n' | '|');
            let rect =
                if visible { PdfRect::from_corners(x, y, x + 10.0, y + 10.0) } else { PdfRect::default() };
            boxes.push(CharBox { page: page_index, line, rect });
            column += 1;
            if c == '\n' {
                (line, column) = (line + 1, 0);
            } else if c == '|' {
                (page_index, line, column) = (page_index + 1, 0, 0);
            }
        }
        Document::new(text.into(), vec![page(); page_index as usize + 1], boxes).unwrap()
    }

    #[test]
    fn a_range_is_marked_line_by_line_over_a_page_break() {
        let document = document("§ one\ntwo|three");
        let range = TextRange::new(document.text().find("one").unwrap(), document.text().len());
        let marks = document.marks(range);
        assert_eq!(marks.iter().map(|m| m.page).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(marks[0].rect, PdfRect::from_corners(20.0, 700.0, 50.0, 710.0));
        assert_eq!(marks[2].rect, PdfRect::from_corners(0.0, 700.0, 50.0, 710.0));
        assert_eq!(document.page_of(range), Some(0));
    }

    #[test]
    fn rectangles_become_the_text_that_they_cover() {
        let document = document("first line of the body\nsecond line of it|and the third page\n7");
        let text = document.text();
        for words in ["line of", "line of the body\nsecond line", "of it|and the third"] {
            let start = text.find(words).unwrap();
            let range = TextRange::new(start, start + words.len());
            assert_eq!(document.range_within(&document.marks(range)), Some(range), "{words}");
        }
        // The number at the foot of the page is far away in the text.
        let far = TextRange::new(text.len() - 1, text.len());
        let start = text.find("second").unwrap();
        let clause = TextRange::new(start, start + "second line".len());
        let marked = [document.marks(clause), document.marks(far)].concat();
        assert_eq!(document.range_within(&marked), Some(clause));
        assert_eq!(document.range_within(&[]), None);
    }

    #[test]
    fn an_invisible_start_does_not_decide_the_page() {
        let document = document("one|two");
        assert_eq!(document.page_of(TextRange::new(3, 7)), Some(1));
        assert!(document.marks(TextRange::new(3, 4)).is_empty());
    }

    #[test]
    fn looking_up_equals_counting_from_the_start_in_a_long_text_of_many_widths() {
        let document = document(&"§ 7 „Käufer“ 契約\n🖋 signed|".repeat(40));
        let text = document.text();
        let counted = |range: TextRange| {
            let first = text[..range.start].chars().count();
            &document.boxes[first..first + text[range.start..range.end].chars().count()]
        };
        let ends: Vec<_> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        for (index, &start) in ends.iter().enumerate() {
            for &end in ends[index..].iter().step_by(37) {
                let range = TextRange::new(start, end);
                assert_eq!(document.boxes_of(range), counted(range), "{range:?}");
            }
        }
    }

    #[test]
    fn parts_that_do_not_belong_together_are_refused() {
        let lost = CharBox { page: 3, line: 0, rect: PdfRect::default() };
        assert_eq!(
            Document::new("ab".into(), vec![page()], vec![lost]),
            Err(DocumentError::BoxCount { characters: 2, boxes: 1 })
        );
        assert_eq!(
            Document::new("a".into(), vec![page()], vec![lost]),
            Err(DocumentError::NoSuchPage { page: 4, pages: 1 })
        );
    }

    #[test]
    fn rotations_are_read_modulo_a_turn() {
        assert_eq!(Rotation::from_degrees(-90), Rotation::ThreeQuarters);
        assert_eq!(Rotation::from_degrees(450).degrees(), 90);
        assert_eq!(Rotation::from_degrees(45), Rotation::None);
    }
}
