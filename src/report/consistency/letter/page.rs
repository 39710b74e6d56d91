//! A letter as a page without script, to read and to print.

use super::{CLOSING, COMPARED, CURE, Letter, Point, READ, WHY};
use crate::report::consistency::html::head;
use crate::report::terminal::clean_lines;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "body{font:16px/1.55 Georgia,'Times New Roman',serif;max-width:42rem;margin:3rem auto;padding:0 1.2rem;\
color:#1b1e23;background:#fff}h1{font-size:1.4rem;line-height:1.3}h2{font-size:1.1rem;margin-top:2rem}h3{font-size:1rem;margin:1.4rem 0 .3rem}\
blockquote{margin:.4rem 0;padding:0 0 0 .9rem;border-left:3px solid #bbb;overflow-wrap:anywhere}p{margin:.4rem 0;overflow-wrap:anywhere}\
a{color:#174e92}@media print{body{margin:0;font-size:11pt}h3,li{break-after:avoid}}";

/// The letter as a page.
pub(super) fn page(letter: &Letter<'_>) -> String {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (head("default-src 'none'; style-src 'unsafe-inline'"))
                title { (clean_lines(&letter.subject)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (clean_lines(&letter.subject)) }
                    p { (clean_lines(&letter.to)) }
                    p { (letter.date) }
                    p { (clean_lines(&letter.opening)) }
                    p { (READ) }
                    ul { @for source in &letter.sources { li { (clean_lines(source)) } } }
                    @for (heading, points) in &letter.parts {
                        h2 { (heading) }
                        @for point in points { (told(point)) }
                    }
                    @if let Some(left_out) = &letter.left_out { p { (left_out) } }
                    p { (CLOSING) }
                }
            }
        }
    }
    .into_string()
}

fn told(point: &Point<'_>) -> Markup {
    html! {
        h3 { (clean_lines(&point.heading)) }
        @for (passage, place) in &point.places {
            blockquote {
                (clean_lines(&passage.before)) strong { (clean_lines(&passage.quote)) } (clean_lines(&passage.after))
                p { small { (clean_lines(place)) } }
            }
        }
        @for side in &point.sides { p { (COMPARED) " " (clean_lines(side)) } }
        @if let Some(why) = &point.why { p { em { (WHY) " " } (why) } }
        p { em { (CURE) " " } (clean_lines(point.cure)) }
        @if let Some(since) = &point.since { p { (since) } }
        ul { @for reference in point.references { li { a href=(reference.url) { (reference.title) } } } }
    }
}
