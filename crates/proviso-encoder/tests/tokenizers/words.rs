//! Runs of white space count as single blanks, and places are those in the text as it was.

use crate::{FOLDERS, folder, tokenizer};

const TEXT: &str = "\n\nThis  Agreement\tshall\u{a0}\u{2009}commence \r\n\r\n on January\u{3000}1,\n2019.\u{2028}§§ 4.2\x0b(a) \
                    Zürich\n本契約は\u{85}甲 \u{1f600}\nnaïve  \n";

/// The text with single blanks, in another way than the crate's.
fn single_blanks(text: &str) -> String {
    let mut single = String::new();
    for c in text.chars() {
        match c.is_whitespace() {
            true if single.ends_with(' ') => {}
            true => single.push(' '),
            false => single.push(c),
        }
    }
    single
}

#[test]
fn tokens_are_those_of_single_blanks_at_their_own_places() {
    // The second text is longer than what the tokenizer is given at once, with blanks that would cross its ends.
    for text in [TEXT.to_owned(), TEXT.repeat(1500)] {
        let single = single_blanks(&text);
        assert_ne!(text, single);
        for (name, _) in FOLDERS {
            let tokenizer = tokenizer(&folder(name));
            let (found, expected) =
                (tokenizer.encode_words(&text).unwrap(), tokenizer.encode(&single).unwrap());
            assert!(found.len() > 20);
            assert_eq!(found.ids(), expected.ids(), "{name}");
            for (place, of) in found.ranges().iter().zip(expected.ranges()) {
                let part = text.get(place.start..place.end).unwrap_or_else(|| panic!("{name}: {place:?}"));
                assert_eq!(single_blanks(part), single[of.start..of.end], "{name}: {place:?}");
            }
        }
    }
}

#[test]
fn a_text_with_single_blanks_has_the_same_tokens_either_way() {
    let long = single_blanks(&TEXT.repeat(1500));
    for text in ["", " ", "This Agreement § 本 1, 2019.", &single_blanks(TEXT), &long] {
        for (name, _) in FOLDERS {
            let tokenizer = tokenizer(&folder(name));
            let (words, plain) = (tokenizer.encode_words(text).unwrap(), tokenizer.encode(text).unwrap());
            assert_eq!(words, plain, "{name}: {text:.20?}");
        }
    }
}

#[test]
fn only_white_space_is_a_blank() {
    for (name, _) in FOLDERS {
        let tokenizer = tokenizer(&folder(name));
        let (found, blank) =
            (tokenizer.encode_words(" \n\t\u{a0} ").unwrap(), tokenizer.encode(" ").unwrap());
        assert_eq!(found.ids(), blank.ids(), "{name}");
    }
}
