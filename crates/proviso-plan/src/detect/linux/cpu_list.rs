//! Lists of logical processors.

use std::ops::RangeInclusive;

/// Logical processors as Linux lists them, such as `0-3,8`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CpuList(Vec<RangeInclusive<u64>>);

impl CpuList {
    /// `None` if the text lists nothing, or something that is no processor.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let range = |part: &str| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let range = first.trim().parse().ok()?..=last.trim().parse().ok()?;
            (!range.is_empty()).then_some(range)
        };
        text.split(',').map(range).collect::<Option<_>>().map(Self)
    }

    pub(super) fn contains(&self, cpu: u64) -> bool {
        self.0.iter().any(|range| range.contains(&cpu))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let list = CpuList::parse("0-3,8, 10-4294967295").unwrap();
        let named: Vec<_> = (0..12).filter(|cpu| list.contains(*cpu)).collect();
        assert_eq!(named, [0, 1, 2, 3, 8, 10, 11]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", ",", "3-1", "a", "1-", "-1", "0-99999999999999999999"] {
            assert_eq!(CpuList::parse(text), None, "{text:?}");
        }
    }
}
