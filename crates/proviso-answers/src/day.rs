//! A day as far as a contract tells it.

use std::fmt;

use jiff::{Span, civil::Date};

use crate::{Period, Unit};

/// A year, a month of a year, or a day: contracts are printed with blanks for what is filled in by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year, 1000 to 9999.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month, from 1; only where there is a month.
    pub day: Option<i8>,
}

impl Day {
    /// None if there is no such day in the calendar.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let day = day.filter(|_| month.is_some());
        let exists = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        (exists && (1000..=9999).contains(&year)).then_some(Self { year, month, day })
    }

    /// Whether year, month and day are told.
    pub fn is_whole(&self) -> bool {
        self.day.is_some()
    }

    /// The day that lies a period later, as exactly as this one is told: a year after June 2013 is June 2014. Days and weeks
    /// cannot be counted from a month or a year, nor months from a year. The 31st becomes the last day of a shorter month.
    pub fn after(&self, period: Period) -> Option<Self> {
        let count = i64::from(period.count);
        let span = match period.unit {
            Unit::Day => Span::new().try_days(count),
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        let told = match period.unit {
            Unit::Day | Unit::Week => self.day.is_some(),
            Unit::Month => self.month.is_some() || period.count.is_multiple_of(12),
            Unit::Year => true,
        };
        let start = Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let end = start.checked_add(span.ok()?).ok().filter(|_| told)?;
        Self::new(end.year(), self.month.map(|_| end.month()), self.day.map(|_| end.day()))
    }

    /// The last day of this day's month.
    pub(crate) fn end_of_month(&self) -> Option<Self> {
        let last = Date::new(self.year, self.month?, 1).ok()?.last_of_month();
        Self::new(last.year(), Some(last.month()), Some(last.day()))
    }

    /// The last day of this day's year.
    pub(crate) fn end_of_year(&self) -> Option<Self> {
        Self::new(self.year, Some(12), Some(31))
    }
}

/// ISO 8601, as far as it is told: `2016-11-06`, `2013-07`, `2013`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Day {
        Day::new(year, Some(month), Some(day)).unwrap()
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(Day::new(2023, Some(2), Some(31)), None);
        assert_eq!(Day::new(2023, Some(13), None), None);
        assert_eq!(Day::new(0, Some(1), Some(1)), None);
        assert!(Day::new(2024, Some(2), Some(29)).is_some_and(|day| day.is_whole()));
    }

    #[test]
    fn periods_are_counted_in_the_calendar() {
        let years = |count| Period { count, unit: Unit::Year };
        let months = |count| Period { count, unit: Unit::Month };
        assert_eq!(day(2016, 11, 6).after(years(7)), Some(day(2023, 11, 6)));
        assert_eq!(day(2024, 2, 29).after(years(1)), Some(day(2025, 2, 28)));
        assert_eq!(day(2020, 8, 31).after(months(6)), Some(day(2021, 2, 28)));
        assert_eq!(day(2020, 1, 1).after(Period { count: 90, unit: Unit::Day }), Some(day(2020, 3, 31)));
        let july = Day::new(2013, Some(7), None).unwrap();
        assert_eq!(july.after(years(20)).unwrap().to_string(), "2033-07");
        assert_eq!(july.after(Period { count: 3, unit: Unit::Day }), None);
        let year = Day::new(2013, None, None).unwrap();
        assert_eq!(year.after(months(24)).unwrap().to_string(), "2015");
        assert_eq!(year.after(months(6)), None);
    }

    #[test]
    fn what_lies_beyond_the_calendar_is_none() {
        assert_eq!(day(9999, 1, 1).after(Period { count: u32::MAX, unit: Unit::Year }), None);
        assert_eq!(day(2020, 1, 1).after(Period { count: 9000, unit: Unit::Year }), None);
    }
}
