//! Names of people and organisations compared: what does not count as a difference.
//!
//! In come names as notices and registers write them; out comes whether they may mean the same. Nothing is looked up.

/// Whether two names may be one person's: one surname, and first names that begin alike or are left out.
pub(super) fn same_person(a: &str, b: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .replace('’', "'")
            .split([' ', '.'])
            .filter(|w| {
                !w.is_empty()
                    && !matches!(*w, "dr" | "mr" | "mrs" | "ms" | "miss" | "prof" | "professor" | "sir" | "dame")
            })
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (parts(a), parts(b));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return true };
    if !alike(last_a, last_b) {
        return false;
    }
    if a.len() < 2 || b.len() < 2 {
        return true;
    }
    let initial = |name: &[String]| name[0].chars().next();
    initial(&a) == initial(&b) || nickname(&a[0]) == nickname(&b[0])
}

/// Whether two surnames are one but for a slip, or one is part of a double name.
fn alike(a: &str, b: &str) -> bool {
    let part = |long: &str, short: &str| long.split('-').any(|p| p == short);
    let differ =
        a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() + a.chars().count().abs_diff(b.chars().count());
    a == b || part(a, b) || part(b, a) || a.chars().count() >= 5 && differ <= 1
}

/// The name that a short form stands for, where the two begin differently.
fn nickname(name: &str) -> &str {
    match name {
        "bob" | "rob" | "robbie" => "robert",
        "bill" | "will" => "william",
        "liz" | "beth" | "betty" | "lizzie" => "elizabeth",
        "tony" => "anthony",
        "kate" | "katie" | "cathy" | "kathryn" | "katherine" => "catherine",
        "peggy" | "maggie" => "margaret",
        "dick" | "rick" => "richard",
        "ted" | "ned" => "edward",
        other => other,
    }
}

/// A name without what does not count as another name.
pub(super) fn plain(name: &str) -> String {
    let name = name
        .replace('&', " and ")
        .replace("commissioning support unit", "csu")
        .replace("limited", "ltd")
        .replace("'s", "");
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !matches!(*w, "nhs" | "the" | "ltd" | "plc" | "llp" | "of"));
    words.map(|w| if w.len() > 3 { w.trim_end_matches('s') } else { w }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{plain, same_person};

    #[test]
    fn spellings_of_one_person() {
        assert!(same_person("Michael Fenwick", "Mike Fenwick"));
        assert!(same_person("Dr A. Patel", "Dr Anil Patel"));
        assert!(same_person("Bob Marsh", "Robert Marsh"));
        assert!(!same_person("Felicity Arnbrook", "Gareth Wainscott"));
        assert!(!same_person("Anna Patel", "Ravi Patel"));
    }

    #[test]
    fn long_and_short_forms_of_a_unit_are_one_name() {
        assert_eq!(plain("nhs midlands & lancashire commissioning support unit"), plain("midlands and lancashire csu"));
        assert_ne!(plain("scw csu"), plain("south, central and west csu"));
    }
}
