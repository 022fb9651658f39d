//! Whatever happens to a file, it is refused or gives a tokenizer that can be used.

use std::{fs, path::Path};

use proviso_encoder::{TextTokenizer, tokenizer_json};

use crate::{FOLDERS, copied};

const TEXT: &str =
    "This Agreement\u{a0}(c) shall, \u{ff21}\u{200b} e\u{301} \u{fb01}ne \u{2460} \u{1f600} [CLS]";

/// Of so many bytes one is changed.
const STEP: usize = 11;

/// Uses the tokenizer of a folder, if it has one.
fn tried(folder: &Path) -> bool {
    let Ok(json) = tokenizer_json(folder) else {
        return false;
    };
    let tokenizer = TextTokenizer::from_json(&json, folder).unwrap();
    // A vocabulary without the token for unknown words may refuse a text.
    if let Ok(tokens) = tokenizer.encode_words(TEXT) {
        assert!(tokens.ranges().iter().all(|range| TEXT.get(range.start..range.end).is_some()));
    }
    true
}

#[test]
fn cut_off_and_changed_files_break_nothing() {
    for (name, file) in FOLDERS {
        let folder = copied(name);
        let path = folder.path().join(file);
        let whole = fs::read(&path).unwrap();
        assert!(tried(folder.path()), "{name}");
        let mut used = 0;
        for at in (0..whole.len()).step_by(STEP) {
            for bits in [0x01, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= bits;
                fs::write(&path, &changed).unwrap();
                used += usize::from(tried(folder.path()));
            }
            fs::write(&path, &whole[..at]).unwrap();
            used += usize::from(tried(folder.path()));
        }
        let all = 4 * whole.len().div_ceil(STEP);
        assert!(used > 0 && used < all, "{name}: {used} of {all}");
    }
}
