//! Running headers, footers and page numbers, told from the body by what repeats near the edges of pages.
//!
//! A line is moved to the margins only on evidence: the same words at the same place of several pages, a number that
//! grows with the pages, or a form that nothing but a page number or a source line has. A heading that numbers its
//! own kind ("Schedule 2") is none of these.

mod candidate;

use std::collections::HashMap;

use crate::layout::TextLine;
use candidate::{Candidate, Edge, candidates};

/// Distances from the edge closer than this are the same place, in points.
const SAME_PLACE: f32 = 4.0;

/// Says of each line of each page whether it belongs to the margins rather than to the body.
pub fn find(pages: &[Vec<TextLine>]) -> Vec<Vec<bool>> {
    let mut is_margin: Vec<Vec<bool>> = pages.iter().map(|lines| vec![false; lines.len()]).collect();
    let all: Vec<Candidate> = candidates(pages);
    let mut alike: HashMap<(Edge, &str), Vec<&Candidate>> = HashMap::new();
    for candidate in &all {
        alike.entry((candidate.edge, &candidate.masked)).or_default().push(candidate);
    }
    let enough = if pages.len() <= 3 { 2 } else { 3 };
    for group in alike.values() {
        for candidate in group {
            is_margin[candidate.page][candidate.line] = candidate.is_unmistakable()
                || repeats(candidate, group, enough)
                || counts_pages(candidate, group);
        }
    }
    is_margin
}

/// Whether the same words stand at the same place of enough pages. Of headings that repeat, such as an exhibit's name
/// on each of its pages, the first one remains where it is.
fn repeats(candidate: &Candidate, alike: &[&Candidate], enough: usize) -> bool {
    let same = |other: &&&Candidate| {
        other.text == candidate.text && (other.distance - candidate.distance).abs() < SAME_PLACE
    };
    let mut pages: Vec<usize> = alike.iter().filter(same).map(|other| other.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let is_first_heading = candidate.is_heading() && pages.first() == Some(&candidate.page);
    candidate.has_words_or_numbers()
        && !candidate.is_signature()
        && pages.len() >= enough
        && !is_first_heading
}

/// Whether its number, alone of what it says, grows by one from page to page.
fn counts_pages(candidate: &Candidate, alike: &[&Candidate]) -> bool {
    !candidate.is_heading()
        && alike.iter().any(|other| {
            let steps = other.page as i64 - candidate.page as i64;
            matches!(steps.abs(), 1 | 2) && candidate.differs_by_one_number(other, steps)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::TextChar;

    /// Pages of lines 12 points apart from the upper edge down; a line of "~" leaves the rest to the lower edge.
    fn pages(pages: &[&[&str]]) -> Vec<Vec<TextLine>> {
        let line = |text: &str, from_top: f32| TextLine {
            chars: text
                .chars()
                .map(|character| TextChar { character, rect: proviso_core::PdfRect::default() })
                .collect(),
            starts_block: false,
            from_top,
            from_bottom: 792.0 - from_top,
            size: 10.0,
            is_main: true,
        };
        let page = |lines: &&[&str]| {
            let cut = lines.iter().position(|text| *text == "~").unwrap_or(lines.len());
            let top = lines[..cut].iter().enumerate().map(|(i, text)| line(text, 40.0 + 12.0 * i as f32));
            let low = lines.get(cut + 1..).unwrap_or_default();
            let bottom = low.iter().rev().enumerate().map(|(i, text)| line(text, 760.0 - 12.0 * i as f32));
            top.chain(bottom).collect()
        };
        pages.iter().map(page).collect()
    }

    fn found(given: &[&[&str]]) -> Vec<String> {
        let pages = pages(given);
        let is_margin = find(&pages);
        let lines = pages.iter().flatten().zip(is_margin.into_iter().flatten());
        lines.filter(|(_, margin)| *margin).map(|(line, _)| line.text()).collect()
    }

    #[test]
    fn headers_footers_and_page_numbers_are_found() {
        let found = found(&[
            &["ACME CONFIDENTIAL", "This Agreement", "is made", "~", "one", "- 1 -"],
            &["ACME CONFIDENTIAL", "between A", "and B", "~", "two", "- 2 -"],
            &["ACME CONFIDENTIAL", "who agree", "that", "~", "three", "- 3 -"],
        ]);
        assert_eq!(found.iter().filter(|text| *text == "ACME CONFIDENTIAL").count(), 3);
        assert_eq!(found.len(), 6, "{found:?}");
    }

    #[test]
    fn numbered_headings_at_the_top_of_pages_stay_in_the_body() {
        assert_eq!(
            found(&[&["SCHEDULE 1", "a"], &["SCHEDULE 2", "b"], &["SCHEDULE 3", "c"], &["ARTICLE IV", "d"]]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_exhibits_name_repeated_on_its_pages_remains_once() {
        assert_eq!(
            found(&[&["EXHIBIT A", "a"], &["EXHIBIT A", "b"], &["EXHIBIT A", "c"]]),
            ["EXHIBIT A", "EXHIBIT A"]
        );
    }

    #[test]
    fn signature_lines_at_the_foot_of_pages_stay_in_the_body() {
        let given: &[&[&str]] = &[
            &["one", "~", "By: ________", "Its: General Partner"],
            &["two", "~", "By: ________", "Its: General Partner"],
            &["three", "~", "By: ________", "Its: General Partner"],
        ];
        assert_eq!(found(given), Vec::<String>::new());
    }

    #[test]
    fn bare_and_roman_numbers_need_neighbours_that_count() {
        assert_eq!(found(&[&["x", "~", "4"], &["y", "~", "5"]]), ["4", "5"]);
        assert_eq!(found(&[&["x", "~", "iv"], &["y", "~", "v"]]), ["iv", "v"]);
        assert_eq!(found(&[&["x", "~", "4"], &["y", "~", "11"]]), Vec::<String>::new());
    }

    #[test]
    fn unmistakable_forms_need_no_repetition() {
        assert_eq!(found(&[&["x", "~", "Page 3 of 20"]]), ["Page 3 of 20"]);
        assert_eq!(
            found(&[&["x", "~", "Source: ACME INC, 10-Q, 8/12/2019"]]),
            ["Source: ACME INC, 10-Q, 8/12/2019"]
        );
        assert_eq!(found(&[&["Source: the Buyer's records of 2019"]]), Vec::<String>::new());
    }
}
