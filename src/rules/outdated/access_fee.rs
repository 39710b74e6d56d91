//! `outdated/access-fee`.

use crate::claims::{Aspect, Part};
use crate::rules::{Findings, Notice};
use jiff::civil::date;

rule! {
    /// ## What it finds
    /// A fee for seeing one's own records: £10 or £50, or "a fee may be charged" without the two cases in which the law
    /// allows one.
    ///
    /// ## Why it matters
    /// The fees of the 1998 Act ended on 25 May 2018. Access is free (UK GDPR Article 12(5)); a reasonable fee is allowed only
    /// for a request that is manifestly unfounded or excessive, and for further copies (Article 15(3)). A notice that asks
    /// for money keeps people from a right they have.
    ///
    /// ## When it is wrong
    /// Not for freedom of information, for the records of the dead, or where the words say "free of charge" or name the two
    /// cases. If a fee is told as history, say that it was abolished.
    ///
    /// ## Example
    /// Bad: "There is a fee of £10 for access to your records."
    ///
    /// Good: "Access is free. We may charge a reasonable fee only where a request is manifestly unfounded or excessive,
    /// or for further copies."
    ACCESS_FEE = "outdated/access-fee", Error, since: Some(date(2018, 5, 25)),
    references: [
        ("UK GDPR, Article 12(5)", "https://www.legislation.gov.uk/eur/2016/679/article/12"),
        ("UK GDPR, Article 15(3)", "https://www.legislation.gov.uk/eur/2016/679/article/15"),
    ]
}

/// Ways to ask for money.
const ASKS: &[&str] = &[
    "£10", "£50", "£ 10", "£ 50", "10 pounds", "50 pounds", "ten pounds", "fifty pounds", "may charge", "can charge",
    "will charge", "we charge", "may be charged", "can be charged", "will be charged", "is charged", "are charged",
    "charge a", "charge you", "there is a fee", "there may be a fee", "there may be a charge", "there is a charge",
    "there will be a", "fee is payable", "fee may be payable", "fee may apply", "charge may apply",
    "charges may apply", "fees may apply", "subject to a fee", "subject to a charge", "a fee of", "payment of a fee",
    "pay a fee", "pay a charge", "fee of up to", "fee is required", "fee may be required", "with the fee",
    "the appropriate fee", "the relevant fee", "statutory fee", "prescribed fee",
];

/// What makes a fee lawful, free, past, or one of another kind.
const NOT_SO: &[&str] = &[
    "no ", "not ", "n't", "without", "free", "waive", "abolish", "scrapped", "used to", "formerly", "previously",
    "until 25 may 2018", "before 25 may 2018", "unfounded", "excessive", "repetitive", "further cop", "additional cop",
    "extra cop", "more cop", "more than one copy", "freedom of information", "foi", "environmental information",
    "has gone", "have gone", "applied before", "was charged", "were charged", "re-use", "deceased", "died",
    "access to health records act", "data protection fee", "solicitor", "parking", "prescription", "complex or",
];

fn check(notice: &Notice<'_>, out: &mut Findings) {
    let folded = notice.context.folded();
    for word in ["fee", "fees", "charge", "charges", "charged", "pay", "payment", "cheque"] {
        for at in notice.context.find_words(word).collect::<Vec<_>>() {
            let Some(part) = notice.context.outline.part_at(at) else { continue };
            let sentence = notice.context.sentence(at);
            let words = &folded[sentence.clone()];
            if !ASKS.iter().any(|a| words.contains(a))
                || NOT_SO.iter().any(|n| words.contains(n))
                || !about_access(notice, part, words)
            {
                continue;
            }
            // The two lawful cases may stand in the sentence behind.
            let around = notice.context.words(part);
            if ["unfounded", "excessive", "freedom of information", "deceased"].iter().any(|l| around.contains(l)) {
                continue;
            }
            out.report(
                "a fee is asked for access to one's own data; since 25 May 2018 access is free",
                "say that access is free; a reasonable fee is allowed only where a request is manifestly unfounded or excessive, or for further copies",
            )
            .at(notice.context.span(sentence));
        }
    }
}

/// Whether a passage is about people's access to their own data.
fn about_access(notice: &Notice<'_>, part: &Part, sentence: &str) -> bool {
    const ACCESS: &[&str] = &[
        "subject access", "access request", "right of access", "access to your", "access to information",
        "access to personal", "access your", "copy of your", "copy of what we hold", "what we hold about you",
        "see what we hold", "copy of the information", "copies of your", "copies of the information",
        "copies of information", "see your records", "view your", "seeing your", "see the information", "your records",
        "health records", "medical records", "information we hold", "information held", "data we hold",
        "to request a copy",
    ];
    let heading = part
        .section
        .map(|s| notice.quote(notice.context.outline.sections[s].heading).to_lowercase())
        .unwrap_or_default();
    let around = notice.context.words(part);
    if heading.contains("freedom of information") || heading.contains("publication") {
        return false;
    }
    let says = |words: &str| ACCESS.iter().any(|a| words.contains(a));
    says(sentence)
        || says(around)
        || says(&heading)
        || heading.contains("access")
        || part.aspect == Some(Aspect::Rights) && sentence.contains("£")
}
