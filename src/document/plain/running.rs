//! Running heads and feet of a printed document that was saved as plain text.
//!
//! In comes the text; out come the numbers of the lines that come again page after page beside a page number, and of the
//! blank lines around them where a sentence goes on behind. It never takes a line for one that no page number vouches for.

use std::collections::HashMap;

/// What a line is to the pages of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// Nothing: it is text.
    No,
    /// A running head where it stands first, which tells whose document this is: text too.
    First,
    /// A running head or foot.
    Head,
    /// A running head or foot, or a blank line beside it, in the middle of a sentence.
    Between,
}

/// Looks at all lines; empty where no page number stands in them.
pub fn running(source: &str) -> Vec<Running> {
    let lines: Vec<&str> = source.split('\n').map(str::trim).collect();
    let keys: Vec<Option<String>> = lines.iter().map(|l| key(l)).collect();
    let numbered = |at: usize| keys[at].as_deref().is_some_and(|k| k.contains("page #"));
    if !(0..lines.len()).any(numbered) {
        return Vec::new();
    }
    let full: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_empty()).collect();
    // How often each line stands, and how often beside a page number.
    let mut times: HashMap<&str, (u32, u32)> = HashMap::new();
    for (place, at) in full.iter().enumerate() {
        let Some(key) = keys[*at].as_deref() else { continue };
        let beside = numbered(*at)
            || place > 0 && numbered(full[place - 1])
            || full.get(place + 1).is_some_and(|next| numbered(*next));
        let entry = times.entry(key).or_default();
        *entry = (entry.0 + 1, entry.1 + u32::from(beside));
    }
    let runs = |at: usize| {
        keys[at].as_deref().and_then(|k| times.get(k)).is_some_and(|(n, beside)| *n >= 3 && beside * 2 > *n)
    };
    let mut out = vec![Running::No; lines.len()];
    let mut told: Vec<&str> = Vec::new();
    for at in &full {
        let first = keys[*at].as_deref().is_some_and(|k| !told.contains(&k) && !numbered(*at));
        if runs(*at) {
            told.extend(keys[*at].as_deref().filter(|_| first));
            out[*at] = if first { Running::First } else { Running::Head };
        }
    }
    join(&lines, &full, &mut out);
    out
}

/// Where a sentence goes on behind running lines, they and the blank lines around them part nothing.
fn join(lines: &[&str], full: &[usize], out: &mut [Running]) {
    let text: Vec<usize> = full.iter().copied().filter(|at| out[*at] != Running::Head).collect();
    for pair in text.windows(2) {
        let (from, to) = (pair[0] + 1, pair[1]);
        let broken = out[pair[0]] == Running::No
            && lines[pair[0]].len() >= 40
            && !lines[pair[0]].ends_with(['.', '!', '?', ':', ';']);
        if broken && out[from..to].contains(&Running::Head) {
            out[from..to].fill(Running::Between);
        }
    }
}

/// A line's words but for its numbers and its spaces; `None` where it cannot be a running line.
fn key(line: &str) -> Option<String> {
    let sentence = line.ends_with('.') && line.split_whitespace().count() > 6;
    if line.is_empty() || line.len() > 160 || sentence {
        return None;
    }
    let mut key = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars() {
            if !c.is_ascii_digit() {
                key.extend(c.to_lowercase());
            } else if !key.ends_with('#') {
                key.push('#');
            }
        }
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foot_parts_no_sentence_and_the_first_head_stays() {
        let page = |n: u32, words: &str| format!("Bracken ICB   Leaflet\n\n{words}\n\n   Page {n} of 3\n");
        let source = [
            page(1, "The panel reads what the nurses and the family of the child"),
            page(2, "have written."),
            page(3, "Who sees it"),
        ]
        .concat();
        let got = running(&source);
        assert_eq!(got[0], Running::First);
        assert_eq!(got[3..=6], [Running::Between; 4]);
        assert_eq!((got[9], got[10]), (Running::Head, Running::Head));
    }

    #[test]
    fn repeated_labels_without_page_numbers_are_text() {
        assert!(running("Lawful basis\nA\nLawful basis\nB\nLawful basis\nC\n").is_empty());
        let source = "Page 1 of 2\nOne.\nKept\nA\nTwo.\nKept\nB\nThree.\nKept\nC\nFour.\n";
        assert!(running(source).iter().all(|r| *r == Running::No));
    }
}
