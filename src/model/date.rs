//! Days and dates as notices state them.

use std::fmt;

/// A calendar day.
pub type Day = jiff::civil::Date;

/// A date as precisely as a notice gives it: a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// Calendar year, four digits.
    pub year: i16,
    /// Month 1 to 12, where stated.
    pub month: Option<i8>,
    /// Day of the month, where stated.
    pub day: Option<i8>,
}

impl PartialDate {
    /// Parses `2018`, `2018-07` or `2018-07-31`; `None` where the text is no such date.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
        let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
        let date = PartialDate { year, month, day };
        (parts.next().is_none() && date.try_first().is_some()).then_some(date)
    }

    fn try_first(self) -> Option<Day> {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The first day it may mean.
    pub fn first(self) -> Day {
        self.try_first().unwrap_or(Day::ZERO)
    }

    /// The last day it may mean.
    pub fn last(self) -> Day {
        match (self.month, self.day) {
            (None, _) => Day::new(self.year, 12, 31).unwrap_or(Day::ZERO),
            (Some(_), None) => self.first().last_of_month(),
            (Some(_), Some(_)) => self.first(),
        }
    }

    /// As people write it: `1 February 2023`, `September 2018`, `2019`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ];
        let month = self.month.and_then(|m| MONTHS.get((m - 1).unsigned_abs() as usize));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// The whole months from `from` to `to`; negative where `to` is earlier.
pub fn months_between(from: Day, to: Day) -> i32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
    if to.day() < from.day() { months - 1 } else { months }
}
