//! The names of backups: a number that only grows, the time, and why it was made.

use crate::days::{millis, stamp};

const BEFORE_RESTORING: &str = "-before-restoring";
const ENDING: &str = ".sqlite";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// It was time for one.
    Usual,
    /// Another one was to take the place of what there was.
    BeforeRestoring,
}

/// What the name of a backup says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    /// Newer ones have higher numbers, whatever the clock says.
    pub number: u64,
    /// Milliseconds since 1970, by the clock of then.
    pub made_at: i64,
    pub cause: Cause,
}

impl Name {
    /// The name of the file.
    pub fn in_words(self) -> rusqlite::Result<String> {
        let cause = match self.cause {
            Cause::Usual => "",
            Cause::BeforeRestoring => BEFORE_RESTORING,
        };
        Ok(format!("{:06}-{}{cause}{ENDING}", self.number, stamp(self.made_at)?))
    }

    /// What a file's name says; nothing where it is no backup's.
    pub fn parse(file: &str) -> Option<Self> {
        let (number, rest) = file.strip_suffix(ENDING)?.split_once('-')?;
        let (stamp, cause) = match rest.strip_suffix(BEFORE_RESTORING) {
            Some(stamp) => (stamp, Cause::BeforeRestoring),
            None => (rest, Cause::Usual),
        };
        Some(Self { number: number.parse().ok()?, made_at: millis(stamp)?, cause })
    }

    /// The time for a person, in Greenwich time, as it is also in the file's name.
    pub fn shown(self) -> String {
        let stamp = stamp(self.made_at).unwrap_or_default();
        let (day, time) = stamp.split_at_checked(10).unwrap_or((&stamp, ""));
        let time = time.trim_start_matches('-');
        match (time.get(..2), time.get(2..4)) {
            (Some(hour), Some(minute)) => format!("{day} {hour}:{minute} UTC"),
            _ => day.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let name = Name { number: 42, made_at: 1_796_030_102_000, cause: Cause::Usual };
        assert_eq!(name.in_words().unwrap(), "000042-2026-11-30-091502.sqlite");
        assert_eq!(name.shown(), "2026-11-30 09:15 UTC");
        let other = Name { number: 1_234_567, cause: Cause::BeforeRestoring, ..name };
        for name in [name, other] {
            assert_eq!(Name::parse(&name.in_words().unwrap()), Some(name));
        }
        for wrong in ["lock", ".backup-aBc.sqlite", "42.sqlite", "000042-2026-11-30-091502.sqlite-journal"] {
            assert_eq!(Name::parse(wrong), None, "{wrong}");
        }
    }
}
