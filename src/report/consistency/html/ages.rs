//! Age of notices: their review dates on a time line, one by one where they are few, by quarter where they are many.

use super::super::Report;
use super::super::ages::{Age, AgeClass};
use super::charts::{TimeLine, label, number, stacked};
use super::{From, long_table, said, to_body};
use crate::model::{Day, PartialDate};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Notices drawn one by one.
const SINGLY: usize = 45;

const WIDTH: f64 = 1000.0;
const ROW: f64 = 24.0;

pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    if report.ages.is_empty() {
        return None;
    }
    let dated: Vec<(&Age<'_>, Day)> =
        report.ages.iter().filter_map(|a| Some((a, a.reviewed.map(PartialDate::last)?))).collect();
    let counts =
        AgeClass::ALL.map(|class| (class, report.ages.iter().filter(|a| a.class(report.day) == class).count()));
    let share = |n: usize| n as f64 * 100.0 / report.ages.len() as f64;
    Some(html! {
        p { "The date that each notice gives for its last review, against " (super::super::in_words(report.day)) ". Once a year is the custom." }
        (stacked(&counts.map(|(class, n)| (share(n), fill(class)))))
        ul.legend {
            @for (class, n) in counts { li { span class=(format!("badge {}", tint(class))) { (n) } a href=(format!("#age-{}", tint(class))) { (class.words()) } } }
        }
        @if !dated.is_empty() {
            div.scroll.chart role="region" aria-label="Review dates on a time line" tabindex="0" {
                @if dated.len() <= SINGLY { (singly(report, &dated)) } @else { (by_quarter(report, &dated)) }
            }
        }
        h3 { "Notices by review date" }
        (list(report))
    })
}

fn fill(class: AgeClass) -> &'static str {
    match class {
        AgeClass::Fresh => "f-good",
        AgeClass::Due => "f-warning",
        AgeClass::Stale => "f-error",
        AgeClass::Undated => "f-none",
    }
}

fn tint(class: AgeClass) -> &'static str {
    match class {
        AgeClass::Fresh => "good",
        AgeClass::Due => "warning",
        AgeClass::Stale => "error",
        AgeClass::Undated => "none",
    }
}

/// A line per notice from its review to the day of judging.
fn singly(report: &Report<'_>, dated: &[(&Age<'_>, Day)]) -> Markup {
    let mut days: Vec<Day> = dated.iter().map(|(_, day)| *day).collect();
    days.push(report.day);
    let line = TimeLine::new(&days, 290.0, WIDTH);
    let height = 26.0 + dated.len() as f64 * ROW;
    let today = line.x(report.day);
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {}", number(height + 22.0))) role="img" aria-label="Each notice's review date; the table below has the dates" {
            (line.years(height))
            @for (at, (age, day)) in dated.iter().enumerate() {
                @let y = 22.0 + ROW * (at as f64 + 0.65);
                @let class = age.class(report.day);
                @let x = line.x(*day);
                text x="0" y=(number(y + 4.0)) { (label(report.bodies[age.body].name)) }
                line class=(fill(class).replace("f-", "s-")) x1=(number(x)) y1=(number(y)) x2=(number(today.max(x))) y2=(number(y)) stroke-width="3" stroke-opacity="0.45" {}
                (dot(class, x, y))
            }
            (line.today(report.day, height))
        }
    }
}

/// A mark whose form tells the class as its colour does.
fn dot(class: AgeClass, x: f64, y: f64) -> Markup {
    let (x, y) = (number(x), number(y));
    html! {
        @match class {
            AgeClass::Fresh => circle.f-good cx=(x) cy=(y) r="6" {},
            AgeClass::Due => path.f-warning d=(format!("M{x} {y}m-7 6h14l-7 -13z")) {},
            _ => path.f-error d=(format!("M{x} {y}m-6 -6h12v12h-12z")) {},
        }
    }
}

/// A column per quarter of a year, as high as notices were reviewed in it.
fn by_quarter(report: &Report<'_>, dated: &[(&Age<'_>, Day)]) -> Markup {
    let mut days: Vec<Day> = dated.iter().map(|(_, day)| *day).collect();
    days.push(report.day);
    let line = TimeLine::new(&days, 40.0, WIDTH);
    let mut quarters: BTreeMap<Day, [usize; 3]> = BTreeMap::new();
    for (age, day) in dated {
        let Ok(first) = Day::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1) else { continue };
        quarters.entry(first).or_default()[age.class(report.day) as usize] += 1;
    }
    let most = quarters.values().map(|n| n.iter().sum::<usize>()).max().unwrap_or(1) as f64;
    let (top, height) = (40.0, 240.0);
    let scale = (height - top) / most;
    let mut columns: Vec<(&'static str, [String; 4])> = Vec::new();
    for (first, counts) in &quarters {
        let x = line.x(*first);
        let width = (line.x(first.saturating_add(jiff::Span::new().months(3))) - x - 1.0).max(1.0);
        let mut y = height;
        for class in [AgeClass::Fresh, AgeClass::Due, AgeClass::Stale] {
            let tall = counts[class as usize] as f64 * scale;
            y -= tall;
            columns.push((fill(class), [x, y, width, tall].map(number)));
        }
    }
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {}", height + 22.0)) role="img" aria-label="Notices by the quarter of their last review; the table below has the dates" {
            (line.years(height))
            text.soft x="0" y=(top) { (most) }
            line.axis x1="40" y1=(height) x2=(WIDTH - 14.0) y2=(height) {}
            @for (class, [x, y, width, tall]) in &columns { rect class=(class) x=(x) y=(y) width=(width) height=(tall) {} }
            (line.today(report.day, height))
        }
    }
}

/// The notices, the oldest first; the first of each class is where the legend leads.
fn list(report: &Report<'_>) -> Markup {
    let mut named = std::collections::BTreeSet::new();
    let rows = report.ages.iter().map(|age| {
        let class = age.class(report.day);
        let first = named.insert(class);
        let row = html! {
            th scope="row" id=[first.then(|| format!("age-{}", tint(class)))] { a href=(to_body(report, age.body, From::Report)) { (said(report.bodies[age.body].name)) } }
            td.id { (said(age.source)) }
            td { (age.reviewed.map_or("no date".to_owned(), PartialDate::in_words)) }
            td { span class=(format!("badge {}", tint(class))) { (age.months(report.day).map_or("–".to_owned(), |m| format!("{m} months"))) } }
        };
        (report.bodies[age.body].name, row)
    });
    let rows = rows.collect();
    let head = html! { th scope="col" { "Body" } th scope="col" { "Notice" } th scope="col" { "Reviewed" } th scope="col" { "Ago" } };
    long_table("all-ages", "Notices by review date", &head, rows)
}
