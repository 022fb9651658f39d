//! One text out of the lines of all pages: the bodies in order, then the margins.

use proviso_core::{CharBox, PdfRect};

use crate::{
    hyphenation::{Hyphens, LineEnd},
    layout::TextLine,
};

/// The text of the document and a box for each of its characters. `is_margin` says of each line of each page whether
/// it is a running header, a footer or a page number.
pub fn assemble(pages: &[Vec<TextLine>], is_margin: &[Vec<bool>]) -> (String, Vec<CharBox>) {
    let hyphens = Hyphens::of_lines(pages.iter().flatten());
    let mut text = TextBuilder::default();
    let mut previous: Option<(usize, &TextLine)> = None;
    for (page, index, line) in lines(pages, is_margin, false) {
        if let Some((last_page, last)) = previous {
            join(&mut text, &hyphens, last, line, last_page != page);
        }
        text.push_line(page, index, line);
        previous = Some((page, line));
    }
    for (page, index, line) in lines(pages, is_margin, true) {
        text.push_break(1);
        text.push_line(page, index, line);
    }
    (text.text, text.boxes)
}

fn lines<'p>(
    pages: &'p [Vec<TextLine>],
    is_margin: &'p [Vec<bool>],
    margins: bool,
) -> impl Iterator<Item = (usize, usize, &'p TextLine)> {
    pages.iter().enumerate().flat_map(move |(page, lines)| {
        lines
            .iter()
            .enumerate()
            .filter(move |(index, _)| is_margin[page][*index] == margins)
            .map(move |(index, line)| (page, index, line))
    })
}

/// What stands between two lines of the body: nothing where a word goes on, a line break, or an empty line.
fn join(text: &mut TextBuilder, hyphens: &Hyphens, last: &TextLine, next: &TextLine, over_page: bool) {
    match hyphens.decide(&last.text(), &next.text()) {
        LineEnd::Joined => text.drop_last(),
        LineEnd::Kept => text.push_break(if starts_paragraph(last, next, over_page) { 2 } else { 1 }),
    }
}

fn starts_paragraph(last: &TextLine, next: &TextLine, over_page: bool) -> bool {
    if !over_page {
        return next.starts_block;
    }
    // The next page's first line always stands apart: whether a sentence ended tells more.
    let ended = last.chars.iter().rev().map(|c| c.character).find(|c| !matches!(c, '"' | '”' | ')' | ' '));
    matches!(ended, Some('.' | ':' | ';' | '!' | '?'))
}

#[derive(Default)]
struct TextBuilder {
    text: String,
    boxes: Vec<CharBox>,
}

impl TextBuilder {
    fn push_line(&mut self, page: usize, index: usize, line: &TextLine) {
        for c in &line.chars {
            self.text.push(c.character);
            self.boxes.push(CharBox { page: page as u32, line: index as u32, rect: c.rect });
        }
    }

    /// Line breaks belong to the line that they end.
    fn push_break(&mut self, count: usize) {
        let Some(last) = self.boxes.last().copied() else {
            return;
        };
        for _ in 0..count {
            self.text.push('\n');
            self.boxes.push(CharBox { rect: PdfRect::default(), ..last });
        }
    }

    fn drop_last(&mut self) {
        self.text.pop();
        self.boxes.pop();
    }
}
