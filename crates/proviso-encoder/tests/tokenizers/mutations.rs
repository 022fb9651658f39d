//! Whatever happens to a file, it is refused or gives a tokenizer that can be used.

use std::{fs, path::Path};

use proviso_encoder::{TextTokenizer, tokenizer_json};
use proviso_hostile::{Kind, damaged, peak, seeds};

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

/// Files of a folder beside its vocabulary that say how a text is cut.
const SETTINGS: [&str; 3] = ["config.json", "tokenizer_config.json", "special_tokens_map.json"];

#[test]
fn files_that_are_damaged_in_several_ways_break_nothing() {
    let folders: Vec<_> = FOLDERS.map(|(name, file)| (copied(name), file)).into();
    for seed in seeds("tokenizers", 25) {
        for (folder, vocabulary) in &folders {
            let settings = SETTINGS.iter().filter(|name| folder.path().join(name).is_file());
            for file in settings.copied().chain([*vocabulary]) {
                let path = folder.path().join(file);
                let good = fs::read(&path).unwrap();
                let kind = if file.ends_with(".model") { Kind::Binary } else { Kind::Text };
                fs::write(&path, damaged(kind, &good, seed)).unwrap();
                let held = peak(|| {
                    tried(folder.path());
                });
                assert!(held < 64 << 20, "{held} bytes for {file}");
                fs::write(&path, good).unwrap();
            }
        }
    }
}

/// A whole tokenizer as a stranger gives it, which the library reads.
#[test]
fn a_damaged_tokenizer_of_its_own_is_read_or_refused() {
    let of_a_model =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/bert-safetensors/tokenizer.json");
    let whole = fs::read(of_a_model).unwrap();
    let mut used = 0;
    for seed in seeds("tokenizer.json", 60) {
        let bytes = damaged(Kind::Text, &whole, seed);
        let held = peak(|| {
            let Ok(tokenizer) = TextTokenizer::from_json(&bytes, Path::new("a-model")) else { return };
            let Ok(tokens) = tokenizer.encode_words(TEXT) else { return };
            assert!(tokens.ranges().iter().all(|range| TEXT.get(range.start..range.end).is_some()));
            used += 1;
        });
        assert!(held < 64 << 20, "{held} bytes");
    }
    assert!(used > 0);
}
