//! A reader of passes that makes only those that were not made before.

use proviso_encoder::{Cancelled, Chosen, EncoderError, Logits, PassReader, Passes};

use super::journal::{PassJournal, PassKey};

/// Another reader with a journal: passes that it knows come from there, the others are made and added to it.
pub(crate) struct Journalled<'a> {
    pub reader: &'a dyn PassReader,
    pub journal: &'a PassJournal,
    /// Tells the model from others whose logits differ: the hash of its weights, and with which numbers it computes.
    pub model: &'a str,
}

impl PassReader for Journalled<'_> {
    fn outputs(&self) -> usize {
        self.reader.outputs()
    }

    fn read(
        &self,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let keys: Vec<PassKey> =
            (0..passes.len()).map(|index| PassKey::of(self.model, passes.get(index))).collect();
        let missing: Vec<usize> = (0..keys.len()).filter(|index| !self.journal.knows(keys[*index])).collect();
        let chosen = Chosen { all: passes, indices: &missing };
        let mut next = 0;
        let mut damaged = None;
        let outcome = self.reader.read(&chosen, is_cancelled, &mut |number, logits| {
            let index = missing[number];
            self.journal.add(keys[index], logits);
            if damaged.is_none() {
                damaged = self.hand_out(&keys, next..index, on_logits);
                if damaged.is_none() {
                    on_logits(index, logits);
                    next = index + 1;
                }
            }
        })?;
        if let Err(cancelled) = outcome {
            return Ok(Err(cancelled));
        }
        if damaged.is_none() {
            damaged = self.hand_out(&keys, next..keys.len(), on_logits);
        }
        match damaged {
            None => Ok(Ok(())),
            // The disk gives back something else than was written: what is left is made anew.
            Some(first) => self.read_from(first, passes, is_cancelled, on_logits),
        }
    }
}

impl Journalled<'_> {
    /// Hands out known passes, and returns the first that cannot be read any more.
    fn hand_out(
        &self,
        keys: &[PassKey],
        range: std::ops::Range<usize>,
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Option<usize> {
        for index in range {
            let Some(logits) = self.journal.logits(keys[index]) else { return Some(index) };
            on_logits(index, &logits);
        }
        None
    }

    fn read_from(
        &self,
        first: usize,
        passes: &dyn Passes,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_logits: &mut dyn FnMut(usize, &Logits),
    ) -> Result<Result<(), Cancelled>, EncoderError> {
        let rest: Vec<usize> = (first..passes.len()).collect();
        let chosen = Chosen { all: passes, indices: &rest };
        self.reader.read(&chosen, is_cancelled, &mut |number, logits| on_logits(rest[number], logits))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use proviso_encoder::{Encoder, OnProcessor, Pass, Schedule, TextWindows, cut_windows};

    use super::*;

    /// Makes something of every token, and counts its passes.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Encoder for Counting {
        fn logits(&self, pass: Pass<'_>, _: usize) -> Result<Logits, EncoderError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Ok(Logits::new(1, pass.window.iter().map(|&id| (id as f32).sin()).collect()))
        }

        fn outputs(&self) -> usize {
            1
        }
    }

    type Seen = Vec<(usize, Logits)>;

    /// Reads with a journal, cut off after some passes; what was handed out, and passes that were made.
    fn read(journal: &PassJournal, most: usize) -> (Seen, usize) {
        let ids: Vec<u32> = (0..40).collect();
        let windows = cut_windows(ids.len(), 8, 4);
        let encoder = Counting::default();
        let reader = OnProcessor { encoder: &encoder, schedule: Schedule { workers: 1, stand_back: false } };
        let journalled = Journalled { reader: &reader, journal, model: "m" };
        let mut seen = Seen::new();
        let is_cancelled = || encoder.0.load(Ordering::Relaxed) >= most;
        let passes = TextWindows { ids: &ids, windows: &windows };
        let outcome =
            journalled.read(&passes, &is_cancelled, &mut |index, logits| seen.push((index, logits.clone())));
        assert_eq!(outcome.unwrap().is_err(), seen.len() < windows.len());
        (seen, encoder.0.into_inner())
    }

    #[test]
    fn a_reading_goes_on_where_it_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| PassJournal::open(&folder.path().join(name), "x").unwrap();
        let (whole, all) = read(&open("whole"), usize::MAX);
        assert_eq!((whole.len(), all), (9, 9));
        for cut in 0..=all {
            let name = format!("cut at {cut}");
            let (_, made) = read(&open(&name), cut);
            assert_eq!(made, cut);
            let (again, made) = read(&open(&name), usize::MAX);
            assert_eq!((again, made), (whole.clone(), all - cut), "{name}");
        }
    }

    #[test]
    fn passes_that_are_missing_in_the_middle_are_made_in_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let (whole, _) = read(&PassJournal::open(&path, "x").unwrap(), usize::MAX);
        let other = PassJournal::open(&folder.path().join("b"), "x").unwrap();
        let ids: Vec<u32> = (0..40).collect();
        for at in [1, 2, 5, 8] {
            let window = &ids[4 * at..4 * at + 8];
            other.add(PassKey::of("m", Pass { question: &[], window }), &whole[at].1);
        }
        assert_eq!(read(&other, usize::MAX), (whole, 5));
    }

    #[test]
    fn what_the_disk_does_not_give_back_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let (whole, all) = read(&PassJournal::open(&path, "x").unwrap(), usize::MAX);
        let journal = PassJournal::open(&path, "x").unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
        let (again, made) = read(&journal, usize::MAX);
        assert_eq!(again, whole);
        assert!(made > 0 && made < all, "{made}");
    }
}
