//! Passes that need not be made again.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use proviso_encoder::Pass;
use sha2::{Digest, Sha256};

use super::peaks::Peaks;

/// What makes two passes the same: the model, what is kept of its logits, and every token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PassKey([u8; 32]);

impl PassKey {
    pub(super) fn of(model: &str, kept: usize, pass: Pass<'_>) -> Self {
        let mut hasher = Sha256::new();
        // Lengths first, so that what belongs to one cannot be taken for the other's.
        for length in [model.len(), kept, pass.question.len(), pass.window.len()] {
            hasher.update((length as u64).to_le_bytes());
        }
        hasher.update(model);
        for id in pass.question.iter().chain(pass.window) {
            hasher.update(id.to_le_bytes());
        }
        Self(hasher.finalize().into())
    }
}

/// What was kept of passes, shared between readings and threads: a question more, or another reading of the same text, costs
/// only the passes that have not been made. Bounded; what was not used for longest goes first.
pub struct AnswerCache {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    passes: HashMap<PassKey, (u64, Arc<Peaks>)>,
    /// The keys by when they were used last.
    by_use: BTreeMap<u64, PassKey>,
    uses: u64,
}

/// The passes of one model in a cache.
#[derive(Debug, Clone, Copy)]
pub struct KeptAnswers<'a> {
    /// All that is kept.
    pub cache: &'a AnswerCache,
    /// What tells the model from others whose logits differ: the hash of its weights, and with which numbers it computes.
    pub model: &'a str,
}

impl AnswerCache {
    /// Passes that are kept where nothing else is wished: what all of CUAD's questions about two hundred pages need, in some
    /// 25 MB.
    pub const PASSES: usize = 50_000;

    /// Keeps at most so many passes.
    pub fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    /// Passes that are kept now.
    pub fn len(&self) -> usize {
        self.lock().passes.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn get(&self, key: PassKey) -> Option<Arc<Peaks>> {
        let mut kept = self.lock();
        let peaks = kept.passes.get(&key).map(|(_, peaks)| Arc::clone(peaks))?;
        kept.put(key, Arc::clone(&peaks));
        Some(peaks)
    }

    pub(super) fn insert(&self, key: PassKey, peaks: Arc<Peaks>) {
        let mut kept = self.lock();
        kept.put(key, peaks);
        while kept.passes.len() > self.most
            && let Some((_, oldest)) = kept.by_use.pop_first()
        {
            kept.passes.remove(&oldest);
        }
    }

    /// What is kept is whole after every step, so that a thread's panic does no harm.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Puts in what was just used.
    fn put(&mut self, key: PassKey, peaks: Arc<Peaks>) {
        self.uses += 1;
        if let Some((before, _)) = self.passes.insert(key, (self.uses, peaks)) {
            self.by_use.remove(&before);
        }
        self.by_use.insert(self.uses, key);
    }
}

impl Default for AnswerCache {
    fn default() -> Self {
        Self::new(Self::PASSES)
    }
}

impl fmt::Debug for AnswerCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AnswerCache").field("most", &self.most).field("passes", &self.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(window: &[u32]) -> PassKey {
        PassKey::of("model", 20, window.into())
    }

    fn peaks() -> Arc<Peaks> {
        Arc::new(Peaks { no_answer: (0.0, 0.0), starts: Box::default(), ends: Box::default() })
    }

    #[test]
    fn everything_that_changes_the_logits_changes_the_key() {
        let pass = Pass { question: &[1, 2], window: &[3, 4] };
        let base = PassKey::of("model", 20, pass);
        assert_eq!(base, PassKey::of("model", 20, pass));
        let others = [
            PassKey::of("other", 20, pass),
            PassKey::of("model", 10, pass),
            PassKey::of("model", 20, Pass { question: &[1], window: &[2, 3, 4] }),
            PassKey::of("model", 20, Pass { question: &[1, 2], window: &[4, 3] }),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let cache = AnswerCache::new(2);
        cache.insert(key(&[1]), peaks());
        cache.insert(key(&[2]), peaks());
        assert!(cache.get(key(&[1])).is_some());
        cache.insert(key(&[3]), peaks());
        assert_eq!(cache.len(), 2);
        assert!(cache.get(key(&[2])).is_none());
        assert!(cache.get(key(&[1])).is_some() && cache.get(key(&[3])).is_some());
        cache.insert(key(&[3]), peaks());
        assert_eq!(cache.len(), 2, "the same pass is kept once");
    }

    #[test]
    fn threads_share_it() {
        let cache = AnswerCache::new(50);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let cache = &cache;
                scope.spawn(move || {
                    for id in 0..100 {
                        cache.insert(key(&[thread, id]), peaks());
                        cache.get(key(&[thread, id / 2]));
                    }
                });
            }
        });
        assert_eq!(cache.len(), 50);
        let kept = cache.lock();
        assert!(kept.by_use.iter().all(|(used, key)| kept.passes[key].0 == *used));
        assert_eq!(kept.by_use.len(), 50);
    }
}
