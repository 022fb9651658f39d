//! Lines near a page's edge, and what their words look like.

use crate::layout::TextLine;

/// How many lines from each edge are looked at.
const LINES: usize = 4;
/// How far from its edge a line may stand, as a share of the page.
const ZONE: f32 = 0.2;
/// Words that begin headings which number themselves.
const HEADINGS: [&str; 9] =
    ["exhibit", "schedule", "annex", "appendix", "attachment", "article", "section", "part", "addendum"];

/// Beginnings of lines of signature blocks and exhibits, which come back at the foot of pages by their nature.
const SIGNATURES: [&str; 7] =
    ["by:", "its:", "name:", "title:", "date:", "for and on behalf of", "see attached"];

/// The upper or the lower edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    Top,
    Bottom,
}

/// A line near an edge.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub page: usize,
    pub line: usize,
    pub edge: Edge,
    /// Points from the edge.
    pub distance: f32,
    /// In lower case with single spaces.
    pub text: String,
    /// The text with `#` for each of its numbers.
    pub masked: String,
    numbers: Vec<i64>,
}

/// The lines near the edges of all pages.
pub fn candidates(pages: &[Vec<TextLine>]) -> Vec<Candidate> {
    pages.iter().enumerate().flat_map(|(page, lines)| of_page(page, lines)).collect()
}

fn of_page(page: usize, lines: &[TextLine]) -> Vec<Candidate> {
    let mut order: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].is_main).collect();
    order.sort_by(|&a, &b| lines[a].from_top.total_cmp(&lines[b].from_top));
    let zone = |distance: f32, line: &TextLine| distance < ZONE * (line.from_top + line.from_bottom);
    let top = order.iter().take(LINES).filter(|&&i| zone(lines[i].from_top, &lines[i]));
    let top = top.map(|&i| Candidate::new(page, i, Edge::Top, lines[i].from_top, &lines[i].text()));
    let bottom = order.iter().rev().take(LINES).filter(|&&i| zone(lines[i].from_bottom, &lines[i]));
    let bottom =
        bottom.map(|&i| Candidate::new(page, i, Edge::Bottom, lines[i].from_bottom, &lines[i].text()));
    top.chain(bottom).collect()
}

impl Candidate {
    fn new(page: usize, line: usize, edge: Edge, distance: f32, text: &str) -> Self {
        let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let (masked, numbers) = masked(&text);
        Self { page, line, edge, distance, text, masked, numbers }
    }

    /// Whether it says anything at all; a rule of underscores does not.
    pub fn has_words_or_numbers(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    /// Whether it begins like a heading that numbers its own kind.
    pub fn is_heading(&self) -> bool {
        let first = self.text.split([' ', '-', ':']).next().unwrap_or_default();
        HEADINGS.contains(&first)
    }

    /// Whether it belongs to a signature block.
    pub fn is_signature(&self) -> bool {
        SIGNATURES.iter().any(|beginning| self.text.starts_with(beginning))
    }

    /// Whether it can be nothing but a page number or a source line.
    pub fn is_unmistakable(&self) -> bool {
        matches!(
            self.masked.as_str(),
            "page # of #" | "page #" | "- # -" | "-#-" | "– # –" | "page # of # pages"
        ) || self.masked.starts_with("source: ") && self.masked.ends_with(", #/#/#")
    }

    /// Whether the other says the same but for one number, which is larger by `steps`.
    pub fn differs_by_one_number(&self, other: &Self, steps: i64) -> bool {
        let mut differences =
            self.numbers.iter().zip(&other.numbers).map(|(a, b)| b - a).filter(|difference| *difference != 0);
        self.masked == other.masked
            && self.numbers.len() == other.numbers.len()
            && differences.next() == Some(steps)
            && differences.next().is_none()
    }
}

fn masked(text: &str) -> (String, Vec<i64>) {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(number) = roman(bare) {
        return (text.replacen(bare, "#roman", 1), vec![number]);
    }
    let (mut masked, mut numbers) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        masked.push_str(&rest[..start]);
        masked.push('#');
        numbers.push(rest[start..start + digits].parse().unwrap_or(i64::MAX / 4));
        rest = &rest[start + digits..];
    }
    masked.push_str(rest);
    (masked, numbers)
}

/// The value of a small roman numeral.
fn roman(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let digit = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let digits: Vec<i64> = text.chars().map(digit).collect::<Option<_>>()?;
    let value = |(i, &d): (usize, &i64)| if digits.get(i + 1).is_some_and(|&next| next > d) { -d } else { d };
    Some(digits.iter().enumerate().map(value).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_masked_and_read() {
        assert_eq!(masked("page 3 of 20"), ("page # of #".into(), vec![3, 20]));
        assert_eq!(masked("- xiv -"), ("- #roman -".into(), vec![14]));
        assert_eq!(roman("mix"), None);
    }
}
