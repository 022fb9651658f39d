//! A text with all that is difficult to cut, to be cut by a stranger's tokenizer.

use proviso_encoder::TextTokenizer;

const TEXT: &str =
    "This Agreement\u{a0}(c) shall, \u{ff21}\u{200b} e\u{301} \u{fb01}ne \u{2460} \u{1f600} [CLS]";

/// Cuts the text; every token has to stand in it. A vocabulary without the token for unknown words may refuse it.
pub fn cut_by(tokenizer: &TextTokenizer) {
    let Ok(tokens) = tokenizer.encode_words(TEXT) else { return };
    assert!(tokens.ranges().iter().all(|range| TEXT.get(range.start..range.end).is_some()));
}
