//! The words between a role and a name that tie the two.
//!
//! In come folded words; out comes whether they link. Nothing here knows where in a text they stand.

/// Linking words between a role and the name behind it.
pub(super) const LINKS: &[&str] = &[
    "is", "are", "is:", "named", "called", "our", "the", "for", "of", "ccg", "icb", "ccg's", "icb's", "name", "name:",
    "names:", "-", "--", ":", ":-", ";-", "who", "currently", "in", "at", "nhs", "organisation", "role", "held", "by",
    "was", "has", "been", "appointed", "as", "appointed:", "contact", "contact:", "details", "details:", "dr", "to",
    "a", "board", "this", "we", "have", "commissioner", "undertaken", "performed", "fulfilled", "hcp", "partnership",
    "hcp's", "ccgs", "icbs", "all", "both", "two", "three", "four", "these", "ics", "lies", "rests", "falls", "with",
    "given", "filled", "carried", "out", "namely", "being", "present", "current", "belongs", "provided",
];

/// Words of the roles themselves, so that "DPO", "(SIRO)" may stand between.
pub(super) fn is_role_word(word: &str) -> bool {
    matches!(
        word,
        "dpo"
            | "siro"
            | "officer"
            | "officer:"
            | "guardian"
            | "lead"
            | "owner"
            | "caldicott"
            | "dpo:"
            | "siro:"
            | "guardian:"
            | "information"
            | "owner:"
    )
}

/// Words of job titles, which may stand between a role and a name: "is our Director of Finance, X".
pub(super) const JOBS: &[&str] = &[
    "chief", "medical", "officer", "director", "head", "of", "finance", "nurse", "nursing", "quality", "clinical",
    "executive", "deputy", "information", "governance", "corporate", "affairs", "strategy", "and", "gp", "lead",
    "manager", "interim", "associate", "company", "secretary", "chair", "financial", "accountable", "operating",
    "performance", "transformation", "digital", "safety", "patient", "services", "people", "delivery", "primary",
    "care", "vice", "commissioning",
];

/// Whether the words between a name and the role behind it tie the two.
pub(super) fn ties_back(between: &str) -> bool {
    let words: Vec<&str> = between.split([' ', ',', '(', ')', '-', ':', '/']).filter(|w| !w.is_empty()).collect();
    // "X, who is our chief finance officer, and a Caldicott Guardian": the second role is somebody else's.
    let another = words.windows(2).any(|w| w[0] == "and" && matches!(w[1], "a" | "an" | "our" | "the"));
    if words.first() == Some(&"and") || another {
        return false;
    }
    // "appointed X to be its officer", not "write to X to reach the officer".
    if words.first() == Some(&"to") && !words.get(1).is_some_and(|w| matches!(*w, "be" | "act" | "the")) {
        return false;
    }
    let punctuated = between.trim_start().starts_with([',', '-', '(', ':', '/']);
    const TIES: &[&str] = &[
        "who", "is", "our", "the", "as", "acts", "appointed", "also", "ccg's", "icb's", "ccg", "icb", "nhs", "has",
        "been", "and", "role", "of", "a", "board's", "joint", "for", "lead", "which", "takes", "board", "interim",
        "acting", "deputy", "currently", "to", "be", "act", "its", "serves", "fills", "holds", "undertakes", "post",
        "job", "title", "duty", "duties", "office", "position", "in",
    ];
    words.is_empty()
        || words.len() <= 12
            && words.iter().all(|w| TIES.contains(w) || punctuated && JOBS.contains(w))
            && (punctuated
                || words.first().is_some_and(|w| {
                    matches!(
                        *w,
                        "who"
                            | "is"
                            | "as"
                            | "acts"
                            | "our"
                            | "has"
                            | "which"
                            | "takes"
                            | "and"
                            | "to"
                            | "serves"
                            | "fills"
                            | "holds"
                            | "undertakes"
                    )
                })
                || words.len() <= 1)
}
