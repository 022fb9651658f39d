//! Journals with damage anywhere give back what was written to them, or nothing.

use std::fs;

use proviso_encoder::{Logits, Pass};
use proviso_hostile::{Kind, damaged, seeds};

use super::journal::{PassJournal, PassKey};

const PASSES: u32 = 6;

fn key(token: u32) -> PassKey {
    PassKey::of("model", Pass { question: &[], window: &[token] })
}

fn logits(token: u32) -> Logits {
    Logits::new(3, (0..30).map(|place| token as f32 + place as f32 / 64.0).collect())
}

#[test]
fn a_damaged_journal_never_gives_other_logits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let open = || PassJournal::open(&path, "a contract in a setting").unwrap();
    let journal = open();
    (0..PASSES).for_each(|token| journal.add(key(token), &logits(token)));
    drop(journal);
    let whole = fs::read(&path).unwrap();
    let mut given_back = 0;
    for seed in seeds("journals", 400) {
        fs::write(&path, damaged(Kind::Binary, &whole, seed)).unwrap();
        let journal = open();
        for token in 0..PASSES {
            if let Some(known) = journal.logits(key(token)) {
                assert_eq!(known, logits(token));
                given_back += 1;
            }
        }
        // It goes on from whatever was left.
        journal.add(key(99), &logits(99));
        drop(journal);
        assert_eq!(open().logits(key(99)), Some(logits(99)));
    }
    assert!(given_back > 0);
}
