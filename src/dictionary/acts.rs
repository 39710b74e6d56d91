//! Every Act since 1963 by its title, for citations that the legislation dictionary does not list.

use super::built_in::ACTS;

/// The legislation.gov.uk path of the Act with this title (folded: lower case, straight quotes), year included, and
/// whether its title is marked as repealed there.
pub fn act_by_title(title: &str) -> Option<(&'static str, bool)> {
    ACTS.binary_search_by(|(known, _, _)| (*known).cmp(title)).ok().map(|at| (ACTS[at].1, ACTS[at].2))
}

/// The titles that consist of `stem` ("care act ", folded) and a year.
pub fn acts_with_title(stem: &str) -> Vec<&'static str> {
    let from = ACTS.partition_point(|(title, _, _)| *title < stem);
    ACTS[from..]
        .iter()
        .map(|(title, _, _)| *title)
        .take_while(|t| t.starts_with(stem))
        .filter(|t| t[stem.len()..].bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_leads_to_its_path() {
        assert_eq!(act_by_title("data protection act 2018").map(|a| a.0), Some("ukpga/2018/12"));
        assert_eq!(act_by_title("data protection act 2008"), None);
    }
}
