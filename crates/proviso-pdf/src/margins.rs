//! Running headers, footers and page numbers.

use crate::layout::TextLine;

/// Says of each line of each page whether it belongs to the margins rather than to the body.
pub fn find(pages: &[Vec<TextLine>]) -> Vec<Vec<bool>> {
    pages.iter().map(|lines| vec![false; lines.len()]).collect()
}
