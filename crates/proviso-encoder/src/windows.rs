//! A long text cut into overlapping windows that a model can read.

/// A window: a run of consecutive tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Index of the first token.
    pub first: usize,
    /// Number of tokens.
    pub len: usize,
}

impl Window {
    /// Its part of a text's tokens.
    pub fn tokens(self, ids: &[u32]) -> &[u32] {
        &ids[self.first..self.first + self.len]
    }
}

/// Cuts `tokens` tokens into windows of at most `length`, each beginning `stride` tokens after the one before.
/// Every token is in at least one window; the last window ends with the last token, and none lies inside another.
///
/// # Panics
/// If `stride` is zero or greater than `length`: tokens would be repeated for ever, or left out.
pub fn cut_windows(tokens: usize, length: usize, stride: usize) -> Vec<Window> {
    assert!((1..=length).contains(&stride), "a stride of {stride} does not fit windows of {length}");
    let mut windows = Vec::new();
    let mut first = 0;
    while first < tokens {
        let len = length.min(tokens - first);
        windows.push(Window { first, len });
        if first + len == tokens {
            break;
        }
        first += stride;
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_every_token_and_end_with_the_last() {
        for (tokens, length, stride) in [(1, 4, 2), (4, 4, 2), (5, 4, 2), (17, 4, 3), (1000, 254, 127)] {
            let windows = cut_windows(tokens, length, stride);
            let mut covered = vec![0_usize; tokens];
            for window in &windows {
                assert!(window.len <= length);
                covered[window.first..window.first + window.len].iter_mut().for_each(|count| *count += 1);
            }
            assert!(covered.iter().all(|&count| count > 0), "{tokens} {length} {stride}: {covered:?}");
            let last = windows.last().unwrap();
            assert_eq!(last.first + last.len, tokens);
            assert!(windows.windows(2).all(|w| w[0].first + w[0].len < w[1].first + w[1].len));
        }
        assert!(cut_windows(0, 4, 2).is_empty());
    }
}
