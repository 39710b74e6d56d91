//! What the look of words says where their markup says nothing.
//!
//! In come words as they were set: bold, broken into lines; out comes what that means. It never looks at what they say
//! beyond how they begin and end.

/// Longer bold paragraphs are emphasis.
const LONGEST_BOLD_HEADING: usize = 12;

/// Words after which no line ends but by chance.
const RUN_ON: [&str; 16] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to", "with", "your"];

/// Whether a bold paragraph of these words is a heading.
pub fn reads_as_heading(words: &str) -> bool {
    !words.ends_with(['.', ',', ';']) && words.bytes().filter(|b| *b == b' ').count() < LONGEST_BOLD_HEADING
}

/// Whether `next`, on a line of its own, merely goes on where `before` broke off.
pub fn runs_on(before: &str, next: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or("");
    next.starts_with(char::is_lowercase) || RUN_ON.contains(&last)
}
