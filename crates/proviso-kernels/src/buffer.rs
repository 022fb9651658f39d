//! Memory for rows of numbers.

use aligned_vec::AVec;

/// Numbers that begin at a boundary of cache lines, so that no vector of them lies in two lines.
pub type Buffer = AVec<f32>;

/// An empty buffer.
pub fn buffer() -> Buffer {
    AVec::new(0)
}
