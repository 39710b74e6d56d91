//! The name that was most likely meant. In comes a word and the names there are; out comes the one most like it.

/// The name that takes the fewest letters added, dropped or changed; `None` where no name is at all alike.
pub fn nearest<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let asked = asked.trim().to_lowercase();
    // The part behind a slash counts by itself: people forget the family of a rule.
    let far = |name: &str| {
        let last = name.split_once('/').map_or(name, |(_, last)| last);
        distance(&asked, name).min(distance(&asked, last))
    };
    let letters = asked.chars().count();
    names
        .into_iter()
        .map(|name| (far(name), name))
        .min_by_key(|(far, _)| *far)
        .filter(|(far, _)| *far < letters.max(2))
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped or changed to turn one word into the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_most_alike_is_named() {
        assert_eq!(distance("kitten", "sitting"), 3);
        let rules = ["missing/rights", "outdated/dpa-1998", "outdated/term"];
        assert_eq!(nearest("outdated/dpa-1989", rules), Some("outdated/dpa-1998"));
        assert_eq!(nearest("dpa1998", rules), Some("outdated/dpa-1998"));
        assert_eq!(nearest("qqq", rules), None);
    }
}
