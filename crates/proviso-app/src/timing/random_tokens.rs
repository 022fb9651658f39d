//! Windows of random tokens that are the same in every run.

/// The ids below are padding, frames and other special tokens in every usual vocabulary.
const FIRST_ORDINARY_ID: u64 = 6;

/// A source of token ids: SplitMix64, whose numbers are even enough for what no one has to guess.
pub(crate) struct RandomTokens {
    state: u64,
    ids: u64,
    first: u64,
}

impl RandomTokens {
    /// Ids below `vocabulary`, which is at least 1.
    pub fn new(seed: u64, vocabulary: usize) -> Self {
        let vocabulary = vocabulary.max(1) as u64;
        let first = FIRST_ORDINARY_ID.min(vocabulary - 1);
        Self { state: seed, ids: vocabulary - first, first }
    }

    /// A window of so many tokens.
    pub fn window(&mut self, length: usize) -> Vec<u32> {
        // A vocabulary's ids fit into 32 bits.
        (0..length).map(|_| (self.first + self.next() % self.ids) as u32).collect()
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_ordinary_different_and_the_same_again() {
        let window = RandomTokens::new(1, 120).window(2_000);
        assert!(window.iter().all(|id| (6..120).contains(id)));
        assert!(window.contains(&6) && window.contains(&119));
        assert_ne!(window[..10], window[10..20]);
        assert_eq!(window, RandomTokens::new(1, 120).window(2_000));
        assert_eq!(RandomTokens::new(1, 3).window(2), [2, 2]);
    }
}
