//! Units.

/// Whole megabytes (of 1 000 000 bytes).
pub(super) fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}

/// What Linux calls kB are 1024 bytes.
pub(super) fn kibibytes(count: u64) -> u64 {
    count.saturating_mul(1024)
}
