//! Whether the widths that a font's dictionary gives can be held: twenty bytes can ask for four thousand million of them, which the
//! library would write down one by one.

use hayro_syntax::object::dict::keys::{DESCENDANT_FONTS, W, W2};
use hayro_syntax::object::{Array, Dict};

/// Most widths of a font, written out. There are 65,536 codes at most; some files give them twice.
const MOST: u64 = 1 << 20;

/// Whether the widths of a composite font are not too many. Those of a simple font stand in the file one by one.
pub fn can_be_held(font: &Dict<'_>) -> bool {
    let descendants = font.get::<Array<'_>>(DESCENDANT_FONTS);
    let Some(descendant) = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next()) else { return true };
    let widths = descendant.get::<Array<'_>>(W).map_or(0, |widths| count(&widths, 1));
    let vertical = descendant.get::<Array<'_>>(W2).map_or(0, |widths| count(&widths, 3));
    widths.saturating_add(vertical) <= MOST
}

/// The codes that an array of widths speaks of, counted until they are too many. It holds pairs of a code and an array, and ranges: the
/// first code, the last one, and `values` numbers.
fn count(widths: &Array<'_>, values: usize) -> u64 {
    let mut all = 0_u64;
    let mut items = widths.flex_iter();
    while all <= MOST {
        if let Some((_, listed)) = items.next::<(u32, Array<'_>)>() {
            all += listed.raw_iter().take(MOST as usize).count() as u64;
            continue;
        }
        let range = if values == 1 {
            items.next::<(u32, u32, f32)>().map(|(first, last, _)| (first, last))
        } else {
            items.next::<(u32, u32, f32, f32, f32)>().map(|(first, last, ..)| (first, last))
        };
        let Some((first, last)) = range else { break };
        all += u64::from(last.saturating_sub(first)) + 1;
    }
    all
}
