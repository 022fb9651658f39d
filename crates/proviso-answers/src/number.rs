//! Numbers as contracts write them: `3`, `three (3)`, `twenty-four`, `third`, `10th`.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

/// What [`cardinal`] reads, to be put into a larger expression. No group in it captures.
pub(crate) const CARDINAL: &str = r"(?:\d{1,4}(?:\.\d{1,2})?|(?:one|two|three|four|five|six|seven|eight|nine)\s+hundred(?:\s+(?:and\s+)?(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]*(?:one|two|three|four|five|six|seven|eight|nine))?)?|(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]*(?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine)";

/// What [`ordinal`] reads in words; no group in it captures.
pub(crate) const ORDINAL_WORD: &str = r"(?:twenty|thirty|forty|fifty)[\s-]*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|thirtieth|fortieth|fiftieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth";

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern("[a-z]+"));

/// A whole number in words or digits; none if it is neither, or has a part behind the point.
pub(crate) fn cardinal(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut sum = 0;
    for word in WORD.find_iter(&text) {
        match word.as_str() {
            "and" => {}
            "hundred" => sum *= 100,
            word => sum += small(word).or_else(|| joined(word))?,
        }
    }
    (sum > 0).then_some(sum)
}

/// `third`, `twenty-first`.
pub(crate) fn ordinal(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let mut sum = 0;
    for word in WORD.find_iter(&text).map(|word| word.as_str()) {
        let ordinal = ORDINALS.iter().position(|ordinal| *ordinal == word);
        let round = || TENS.iter().position(|tens| word.strip_suffix("ieth") == tens.strip_suffix('y'));
        sum += match (ordinal, round()) {
            (Some(number), _) => number as u32,
            (None, Some(tens)) => 10 * (tens as u32 + 2),
            (None, None) => small(word)?,
        };
    }
    (sum > 0).then_some(sum)
}

fn small(word: &str) -> Option<u32> {
    let word = if word == "fourty" { "forty" } else { word };
    let one = ONES.iter().position(|one| *one == word).map(|one| one as u32);
    one.or_else(|| TENS.iter().position(|tens| *tens == word).map(|tens| 10 * (tens as u32 + 2)))
}

/// `twentyfour`, where a hyphen was lost.
fn joined(word: &str) -> Option<u32> {
    TENS.iter().find_map(|tens| Some(small(tens)? + small(word.strip_prefix(tens)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_words_and_digits() {
        let cases = [
            ("3", 3),
            ("Three", 3),
            ("twenty-four", 24),
            ("thirty six", 36),
            ("one hundred eighty", 180),
            ("One Hundred and Twenty", 120),
            ("ninety", 90),
            ("twentyfour", 24),
        ];
        for (text, number) in cases {
            assert_eq!(cardinal(text), Some(number), "{text}");
        }
        for none in ["", "several", "1.5", "99999999999", "zero"] {
            assert_eq!(cardinal(none), None, "{none}");
        }
    }

    #[test]
    fn ordinals_are_read_in_words() {
        for (text, number) in
            [("third", 3), ("Twenty-First", 21), ("tenth", 10), ("thirtieth", 30), ("fortieth", 40)]
        {
            assert_eq!(ordinal(text), Some(number), "{text}");
        }
        assert_eq!(ordinal("last"), None);
    }
}
