//! Words on a terminal: made harmless, coloured, wrapped and cut to its width.
//!
//! In come words from notices, file names and rules; out come lines that fit. Nothing a notice says can move the cursor,
//! change a colour or turn the direction of writing.

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use std::borrow::Cow;
use std::ops::Range;

/// Bold.
pub const BOLD: Style = Style::new().effects(Effects::BOLD);
/// Of less weight.
pub const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Errors.
pub const RED: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
/// Warnings.
pub const YELLOW: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// Infos, arrows and bars.
pub const BLUE: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
/// Cures.
pub const CYAN: Style = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);

/// The words in a style, or bare where colours are off.
pub fn paint(color: bool, style: Style, words: &str) -> String {
    if color { format!("{style}{words}{style:#}") } else { words.to_owned() }
}

/// What to show in place of a character that a terminal would obey; `None` where it is harmless.
fn harmless(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// Words without characters that a terminal would obey: control characters become their pictures (␛), direction marks
/// and other invisible ones �.
pub fn clean(words: &str) -> Cow<'_, str> {
    if words.chars().any(|c| harmless(c).is_some()) {
        words.chars().map(|c| harmless(c).unwrap_or(c)).collect()
    } else {
        Cow::Borrowed(words)
    }
}

/// Text of several lines, made harmless, its line feeds kept.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| if c == '\n' { None } else { harmless(c) };
    if text.chars().any(|c| obeyed(c).is_some()) {
        text.chars().map(|c| obeyed(c).unwrap_or(c)).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Columns of a character. Too wide rather than too narrow where it depends on the terminal.
fn columns(c: char) -> usize {
    1 + usize::from(c >= '\u{1100}' && !('\u{2000}'..'\u{2e80}').contains(&c) && c != '\u{fffd}')
}

/// Columns of some words.
pub fn width_of(words: &str) -> usize {
    words.chars().map(columns).sum()
}

/// Appends `words` to `out` in lines of at most `width` columns: `first` before the first of them, `rest` before the
/// others. An address is never broken: it could not be followed.
pub fn wrap(out: &mut String, words: &str, width: usize, first: &str, rest: &str) {
    out.push_str(first);
    let mut column = visible_width(first);
    let indent = width_of(rest);
    let mut at_start = true;
    for word in words.split_whitespace() {
        let word = clean(word);
        let mut word = word.as_ref();
        let wide = width_of(word);
        let full = if at_start { column > indent && column + wide > width } else { column + 1 + wide > width };
        if full {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(rest);
            column = indent;
            at_start = true;
        }
        if !at_start {
            out.push(' ');
            column += 1;
        }
        while column + width_of(word) > width && width > column && !word.contains("://") {
            let cut = fitting(word, width - column);
            out.push_str(&word[..cut]);
            out.push('\n');
            out.push_str(rest);
            column = indent;
            word = &word[cut..];
        }
        out.push_str(word);
        column += width_of(word);
        at_start = false;
    }
    out.push('\n');
}

/// Columns of words that may hold colours of our own.
fn visible_width(words: &str) -> usize {
    let mut width = 0;
    let mut escape = false;
    for c in words.chars() {
        match (escape, c) {
            (false, '\u{1b}') => escape = true,
            (true, 'm') => escape = false,
            (true, _) => {}
            (false, c) => width += columns(c),
        }
    }
    width
}

/// Bytes of `words` that fit into `room` columns; at least one character.
fn fitting(words: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in words.char_indices() {
        used += columns(c);
        if used > room && at > 0 {
            return at;
        }
    }
    words.len()
}

/// Words on one line, cut with `…` where they are wider than `room`.
pub fn cut(words: &str, room: usize) -> String {
    let words = shown(words);
    if width_of(&words) <= room {
        return words;
    }
    format!("{}…", words[..fitting(&words, room.saturating_sub(1))].trim_end())
}

/// A line cut around the words `marked` so that it fits into `room` columns, and where those words stand in it. Words of
/// the context stay whole; marked words that do not fit are cut at their end.
pub fn window(line: &str, marked: Range<usize>, room: usize) -> (String, Range<usize>) {
    let start = line.len() - line.trim_start().len();
    let (before, words, after) =
        (&line[start.min(marked.start)..marked.start], &line[marked.clone()], line[marked.end..].trim_end());
    let (before, words, after) = (shown(before), shown(words), shown(after));
    let (wide_before, wide_words, wide_after) = (width_of(&before), width_of(&words), width_of(&after));
    if wide_before + wide_words + wide_after <= room {
        let range = before.len()..before.len() + words.len();
        return (before + &words + &after, range);
    }
    // An ellipsis and a space on either side.
    let spare = room.saturating_sub(wide_words + 4);
    let left = if wide_after < spare / 2 { spare - wide_after } else { spare / 2 };
    let before = tail(&before, left);
    let right = spare.saturating_sub(width_of(&before)) + 2;
    let words = if wide_words + 4 > room { cut(&words, room.saturating_sub(width_of(&before) + 1)) } else { words };
    let after = if words.ends_with('…') { String::new() } else { head(&after, right) };
    let range = before.len()..before.len() + words.len();
    (before + &words + &after, range)
}

/// What a reader sees of words: no invisible characters that mean nothing, nothing a terminal obeys.
fn shown(words: &str) -> String {
    let kept = words.chars().filter(
        |c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'),
    );
    kept.map(|c| if c.is_whitespace() { ' ' } else { harmless(c).unwrap_or(c) }).collect()
}

/// The last words of a context that fit into `room` columns, after an ellipsis.
fn tail(words: &str, room: usize) -> String {
    if width_of(words) <= room {
        return words.to_owned();
    }
    let mut used = 0;
    let mut from = words.len();
    for (at, c) in words.char_indices().rev() {
        used += columns(c);
        if used > room {
            break;
        }
        from = at;
    }
    let kept = &words[from..];
    let kept = kept.find(' ').map_or("", |space| &kept[space + 1..]);
    format!("… {kept}")
}

/// The first words of a context that fit into `room` columns, before an ellipsis.
fn head(words: &str, room: usize) -> String {
    if width_of(words) <= room {
        return words.to_owned();
    }
    let kept = if room == 0 { "" } else { &words[..fitting(words, room)] };
    let kept = kept.rfind(' ').map_or("", |space| &kept[..space]);
    format!("{kept} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_obeys_comes_through() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}2J\u{202e}c\n"), "a␛[31mb\u{fffd}2J\u{fffd}c␊");
        assert_eq!(clean("plain"), "plain");
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let line = format!("{}the DPA 1998 applies{}", "word ".repeat(300), " word".repeat(300));
        let at = line.find("DPA").unwrap_or(0);
        for room in 30..120 {
            let (shown, range) = window(&line, at..at + 8, room);
            assert_eq!(&shown[range], "DPA 1998");
            assert!(width_of(&shown) <= room, "{room}: {shown}");
            assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        }
        let (shown, range) = window(&line, 10..1400, 40);
        assert!(width_of(&shown) <= 40 && shown[range].ends_with('…'), "{shown}");
    }

    #[test]
    fn wrapping_keeps_the_width_and_addresses_whole() {
        let mut out = String::new();
        wrap(
            &mut out,
            "some words and then https://www.legislation.gov.uk/ukpga/2018/12/contents and morewordswithoutanyspaceatall",
            24,
            "why: ",
            "     ",
        );
        assert!(out.lines().all(|l| width_of(l) <= 24 || l.contains("://")), "{out}");
        assert!(out.contains("https://www.legislation.gov.uk/ukpga/2018/12/contents\n"));
    }
}
