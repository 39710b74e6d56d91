//! Charts drawn by hand as SVG: bars, dates on a time line, shares of a whole.
//!
//! In come numbers of the report; out come drawings with a name that screen readers say. Each stands beside a table with
//! the same numbers, so a drawing never says anything alone.

use super::super::Tally;
use crate::model::Day;
use maud::{Markup, html};

/// Widest label, in characters; longer ones are cut, their whole is in the table beside the drawing.
const LABEL: usize = 38;

/// A bar of findings by severity, as long as its share of the most. The numbers stand beside it.
pub(super) fn bar(tally: Tally, most: usize) -> Markup {
    let width = |n: usize| n as f64 * 100.0 / most.max(1) as f64;
    let parts = [(tally.error, "f-error"), (tally.warning, "f-warning"), (tally.info, "f-info")];
    stacked(&parts.map(|(n, class)| (width(n), class)))
}

/// Shares of a whole in one bar. The numbers stand beside it.
pub(super) fn stacked(parts: &[(f64, &str)]) -> Markup {
    let mut x = 0.0;
    let parts: Vec<(f64, f64, &str)> = parts
        .iter()
        .map(|(width, class)| {
            let at = x;
            x += width;
            (at, *width, *class)
        })
        .collect();
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            @for (x, width, class) in parts {
                @if width > 0.0 { rect class=(class) x=(number(x)) y="0" width=(number(width)) height="8" {} }
            }
        }
    }
}

/// A span of time drawn from left to right.
pub(super) struct TimeLine {
    from: f64,
    to: f64,
    left: f64,
    width: f64,
}

impl TimeLine {
    /// From the year of the earliest day to the end of the year of the latest, beside labels as wide as `left`.
    pub fn new(days: &[Day], left: f64, width: f64) -> TimeLine {
        let first = days.iter().map(|d| d.year()).min().unwrap_or(2020);
        let last = days.iter().map(|d| d.year()).max().unwrap_or(2026);
        TimeLine { from: f64::from(first), to: f64::from(last) + 1.0, left, width }
    }

    /// Where a day stands.
    pub fn x(&self, day: Day) -> f64 {
        let year = f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year());
        self.left + (year - self.from) / (self.to - self.from) * (self.width - self.left - 14.0)
    }

    /// The years as lines down to `height`, named at the top.
    pub fn years(&self, height: f64) -> Markup {
        let years = (self.from as i16..=self.to as i16).filter_map(|year| Some((year, Day::new(year, 1, 1).ok()?)));
        let years: Vec<(i16, f64)> = years.map(|(year, day)| (year, self.x(day))).collect();
        let every = years.len().div_ceil(14).max(1);
        html! {
            @for (at, (year, x)) in years.iter().enumerate() {
                line.grid x1=(number(*x)) y1="22" x2=(number(*x)) y2=(number(height)) {}
                @if at % every == 0 { text.soft x=(number(*x)) y="14" text-anchor="middle" { (year) } }
            }
        }
    }

    /// The day of judging as a broken line, named at the bottom.
    pub fn today(&self, day: Day, height: f64) -> Markup {
        let x = number(self.x(day));
        html! {
            line.today x1=(x) y1="22" x2=(x) y2=(number(height)) {}
            text.soft x=(x) y=(number(height + 14.0)) text-anchor="end" { "judged on " (super::super::in_words(day)) }
        }
    }
}

/// A label that fits its column.
pub(super) fn label(words: &str) -> String {
    crate::report::terminal::cut(words, LABEL)
}

/// A coordinate, rounded: more digits are only longer.
pub(super) fn number(n: f64) -> String {
    let rounded = format!("{n:.1}");
    rounded.strip_suffix(".0").map_or(rounded.clone(), str::to_owned)
}
