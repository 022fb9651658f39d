//! Days as answers write them, and moments as calendars do.

use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Day {
    /// The day of an answer such as `2026-11-30`; `None` for every other answer, and for days that do not exist.
    pub(crate) fn of_answer(answer: &str) -> Option<Self> {
        let answer = answer.trim();
        let is_date = answer.len() == 10
            && answer.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_date {
            return None;
        }
        let (year, month, day) =
            (answer[..4].parse().ok()?, answer[5..7].parse().ok()?, answer[8..].parse().ok()?);
        (year > 0 && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The day after.
    pub(crate) fn next(self) -> Self {
        match (self.month, self.day) {
            (12, 31) => Self { year: self.year + 1, month: 1, day: 1 },
            (month, day) if day == length(self.year, month) => Self { month: month + 1, day: 1, ..self },
            (_, day) => Self { day: day + 1, ..self },
        }
    }

    /// `20261130`.
    pub(crate) fn basic(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }
}

fn length(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `20261127T231500Z`. A clock before 1970 counts as 1970.
pub(crate) fn moment(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut days = seconds / 86_400;
    let mut day = Day { year: 1970, month: 1, day: 1 };
    // Month by month from 1970 takes some hundred steps, once a calendar.
    while days >= u64::from(length(day.year, day.month)) && day.year < 9_999 {
        days -= u64::from(length(day.year, day.month));
        day = Day { day: length(day.year, day.month), ..day }.next();
    }
    let day = Day { day: days as u8 + 1, ..day };
    format!("{}T{:02}{:02}{:02}Z", day.basic(), seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert_eq!(Day::of_answer("2024-02-29"), Some(Day { year: 2024, month: 2, day: 29 }));
        assert_eq!(Day::of_answer(" 1999-12-31 ").unwrap().next(), Day { year: 2000, month: 1, day: 1 });
        assert_eq!(Day::of_answer("2023-02-28").unwrap().next().basic(), "20230301");
        for no_day in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "0000-01-01",
            "24-1-1",
            "2024/01/01",
            "perpetual",
            "",
            "2024-01-0ü",
            "+024-01-01",
        ] {
            assert_eq!(Day::of_answer(no_day), None, "{no_day}");
        }
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        let at = |seconds| moment(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "19700101T000000Z");
        assert_eq!(at(951_782_399), "20000228T235959Z");
        assert_eq!(at(951_782_400), "20000229T000000Z");
        assert_eq!(at(1_795_821_301), "20261127T231501Z");
    }
}
