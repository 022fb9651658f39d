//! Which backups stay.

use super::name::{Cause, Name};
use crate::days::day_and_week;

/// The newest ones, however close they are.
const NEWEST: usize = 3;
/// Days of which the newest backup stays.
const DAYS: usize = 5;
/// Weeks of which the newest backup stays.
const WEEKS: usize = 3;
/// What there was before the last restorings.
const BEFORE_RESTORING: usize = 3;

/// Which of these stay, in their order, the newest first. Days and weeks are told apart by what the clock said, the order never is.
pub(super) fn stays(newest_first: &[Name]) -> Vec<bool> {
    let (mut usual, mut before_restoring) = (0, 0);
    let (mut days, mut weeks) = (Vec::new(), Vec::new());
    let stays = newest_first.iter().map(|name| match name.cause {
        Cause::BeforeRestoring => {
            before_restoring += 1;
            before_restoring <= BEFORE_RESTORING
        }
        Cause::Usual => {
            usual += 1;
            let (day, week) = day_and_week(name.made_at);
            let of_a_day = is_another(day, &mut days, DAYS);
            let of_a_week = is_another(week, &mut weeks, WEEKS);
            usual <= NEWEST || of_a_day || of_a_week
        }
    });
    stays.collect()
}

/// Whether this is another one beside those that were seen, of which there may be so many.
fn is_another(this: i64, seen: &mut Vec<i64>, most: usize) -> bool {
    let is_another = seen.len() < most && !seen.contains(&this);
    if is_another {
        seen.push(this);
    }
    is_another
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days::DAY;

    /// A Monday noon.
    const MONDAY: i64 = 1_796_040_000_000;

    fn usual(number: u64, made_at: i64) -> Name {
        Name { number, made_at, cause: Cause::Usual }
    }

    /// The ages in days of those that stay, after one backup a day was made and tidied.
    fn ages_after(days: i64) -> Vec<i64> {
        let mut shelf: Vec<Name> = Vec::new();
        for day in 0..days {
            shelf.insert(0, usual(day as u64, MONDAY + day * DAY));
            let stay = stays(&shelf);
            let mut stay = stay.iter();
            shelf.retain(|_| *stay.next().unwrap());
        }
        shelf.iter().map(|name| days - 1 - (name.made_at - MONDAY) / DAY).collect()
    }

    #[test]
    fn five_days_and_three_weeks_stay() {
        // On a Sunday: this week's is the newest, then those of the two Sundays before.
        assert_eq!(ages_after(70), [0, 1, 2, 3, 4, 7, 14]);
        assert_eq!(ages_after(3), [0, 1, 2]);
        assert!(ages_after(71).iter().any(|age| *age >= 8), "{:?}", ages_after(71));
    }

    #[test]
    fn many_of_a_day_do_not_push_out_the_days_before() {
        let mut shelf: Vec<Name> = (0..4).map(|day| usual(10 - day, MONDAY - day as i64 * DAY)).collect();
        for number in 11..31 {
            shelf.insert(0, usual(number, MONDAY + number as i64 * 1000));
            let stay = stays(&shelf);
            let mut stay = stay.iter();
            shelf.retain(|_| *stay.next().unwrap());
        }
        let numbers: Vec<u64> = shelf.iter().map(|name| name.number).collect();
        assert_eq!(numbers, [30, 29, 28, 9, 8, 7]);
    }

    #[test]
    fn a_clock_that_goes_back_removes_none_of_the_newest() {
        // Numbers grow while the clock falls by a year at each.
        let shelf: Vec<Name> = (0..12).map(|n| usual(12 - n, MONDAY + n as i64 * 365 * DAY)).collect();
        assert_eq!(stays(&shelf)[..5], [true; 5]);
        assert!(!stays(&shelf)[11]);
        // A clock that always says the same day keeps the newest.
        let shelf: Vec<Name> = (0..12).map(|n| usual(12 - n, 0)).collect();
        assert_eq!(stays(&shelf).iter().filter(|stays| **stays).count(), NEWEST);
        assert_eq!(stays(&shelf)[..NEWEST], [true; NEWEST]);
    }

    #[test]
    fn what_was_there_before_a_restoring_stays_beside_the_others() {
        let before = |number| Name { cause: Cause::BeforeRestoring, ..usual(number, MONDAY) };
        let shelf = [before(9), before(8), usual(7, MONDAY), before(6), before(5), usual(4, MONDAY - DAY)];
        assert_eq!(stays(&shelf), [true, true, true, true, false, true]);
    }
}
