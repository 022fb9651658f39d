//! Points in time as file names hold them.

use rusqlite::Connection;

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// A point in time, in milliseconds since 1970, as `2026-11-30-091502` in Greenwich time.
pub(crate) fn stamp(millis: i64) -> rusqlite::Result<String> {
    let sql = "SELECT strftime('%Y-%m-%d-%H%M%S', ?1, 'unixepoch')";
    Connection::open_in_memory()?.query_row(sql, [millis.div_euclid(1000)], |row| row.get(0))
}

/// What [`stamp`] was made of, to the second; nothing where the text is no stamp.
pub(crate) fn millis(stamp: &str) -> Option<i64> {
    let (day, time) = stamp.split_at_checked(10)?;
    let digits = time.strip_prefix('-').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let text = format!("{day} {}:{}:{}", &digits[..2], &digits[2..4], &digits[4..]);
    let connection = Connection::open_in_memory().ok()?;
    let seconds: Option<i64> =
        connection.query_row("SELECT unixepoch(?1)", [text], |row| row.get(0)).ok().flatten();
    seconds.map(|seconds| seconds * 1000)
}

/// The number of a day, and of a week that begins on a Monday.
pub(crate) fn day_and_week(millis: i64) -> (i64, i64) {
    // The first of January 1970 was a Thursday.
    let day = millis.div_euclid(DAY);
    (day, (day + 3).div_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_read_back() {
        let then = 1_796_030_102_000;
        assert_eq!(stamp(then).unwrap(), "2026-11-30-091502");
        assert_eq!(millis("2026-11-30-091502"), Some(then));
        for wrong in ["", "2026-11-30", "2026-11-30-0915", "2026-11-30-09150x", "2026-99-30-091502"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        let monday = 1_796_030_102_000;
        let week = |days: i64| day_and_week(monday + days * DAY).1;
        assert_eq!(week(0), week(6));
        assert_eq!((week(-1), week(7)), (week(0) - 1, week(0) + 1));
    }
}
