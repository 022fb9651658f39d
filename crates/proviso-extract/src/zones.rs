//! Which of several overlapping windows a token belongs to.

use proviso_encoder::Window;

/// For each window the part of it whose tokens have more text around them there than in any other window. A span is taken from
/// the window in whose part it begins (`token_is_max_context` in transformers' SQuAD script), so a window is worth reading
/// only for what may begin there. The parts follow each other without a gap.
pub(crate) fn zones(windows: &[Window]) -> Vec<Window> {
    let mut first = windows.first().map_or(0, |window| window.first);
    let mut zones = Vec::with_capacity(windows.len());
    for (index, window) in windows.iter().enumerate() {
        let end = match windows.get(index + 1) {
            Some(next) => border(*window, *next),
            None => window.first + window.len,
        };
        zones.push(Window { first, len: end.saturating_sub(first) });
        first = end;
    }
    zones
}

/// The first token that has more text around it in the later of two windows: its poorer side counts, and a hundredth of the
/// window's length.
fn border(window: Window, next: Window) -> usize {
    let end = window.first + window.len;
    let has_more = |token: &usize| {
        let (left, right) = (token - next.first, end - 1 - token);
        100 * left + next.len > 100 * right + window.len
    };
    (next.first..end).find(has_more).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use proviso_encoder::cut_windows;

    use super::*;

    #[test]
    fn zones_cover_every_token_once_and_lie_in_their_windows() {
        for (tokens, length, stride) in [(1, 4, 2), (17, 4, 3), (1000, 254, 127), (999, 450, 255), (50, 8, 2)]
        {
            let windows = cut_windows(tokens, length, stride);
            let zones = zones(&windows);
            assert_eq!(zones.len(), windows.len());
            let mut next = 0;
            for (zone, window) in zones.iter().zip(&windows) {
                assert_eq!(zone.first, next, "{tokens} {length} {stride}");
                assert!(zone.first >= window.first && zone.first + zone.len <= window.first + window.len);
                next += zone.len;
            }
            assert_eq!(next, tokens);
        }
    }

    #[test]
    fn windows_share_their_overlap_in_the_middle() {
        let windows = cut_windows(700, 450, 250);
        assert_eq!(zones(&windows), [Window { first: 0, len: 350 }, Window { first: 350, len: 350 }]);
    }
}
