//! The fields of the query language: one entry each, from which parser, help and the nearest name of a mistyped one come.

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // `FIELDS` says of each what it is
pub enum Field {
    Org,
    Ods,
    Type,
    Lineage,
    Kind,
    Title,
    Claim,
    Basis,
    Confidentiality,
    Statute,
    Cag,
    Ico,
    Processor,
    Names,
    Retention,
    Right,
    OptOut,
    Contact,
    Agreement,
    Transfer,
    Decision,
    Role,
    Person,
    Named,
    Value,
    Purpose,
    Rule,
    Severity,
    Subject,
    Reviewed,
    Captured,
}

/// What a field is about, which decides what must hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The body whose notice it is, or the notice as a whole.
    Notice,
    /// A claim that the notice makes.
    Claim,
    /// Something about the claim beside it.
    AboutClaim,
    /// A finding.
    Finding,
    /// Something about the finding beside it.
    AboutFinding,
    /// A day.
    Day,
}

/// What the help says of a field.
pub struct FieldInfo {
    /// Which one.
    pub field: Field,
    /// Its name before the colon.
    pub name: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// What it finds.
    pub about: &'static str,
    /// How it is used.
    pub example: &'static str,
}

const fn field(
    field: Field,
    name: &'static str,
    scope: Scope,
    example: &'static str,
    about: &'static str,
) -> FieldInfo {
    FieldInfo { field, name, scope, about, example }
}

/// All fields, in the order of the help.
pub static FIELDS: &[FieldInfo] = &[
    field(Field::Org, "org", Scope::Notice, "org:lincolnshire", "the body whose notice it is, by words of its name"),
    field(Field::Ods, "ods", Scope::Notice, "ods:QJM", "its ODS code"),
    field(Field::Type, "type", Scope::Notice, "type:icb", "what kind of body: ccg, icb, csu, trust, gp-practice …"),
    field(
        Field::Lineage,
        "lineage",
        Scope::Notice,
        "lineage:QK1",
        "the body, its predecessors and its successors, by code or name",
    ),
    field(
        Field::Kind,
        "kind",
        Scope::Notice,
        "kind:notice-part",
        "privacy-notice, notice-part, data-release-register or other",
    ),
    field(Field::Title, "title", Scope::Notice, "title:children", "words of the title"),
    field(Field::Claim, "claim", Scope::Claim, "claim:retention", "claims of this kind (fairnotice claims shows them)"),
    field(Field::Basis, "basis", Scope::Claim, "basis:9(2)(h)", "a lawful basis or condition"),
    field(
        Field::Confidentiality,
        "confidentiality",
        Scope::Claim,
        "confidentiality:section-251",
        "what lifts the duty of confidence",
    ),
    field(
        Field::Statute,
        "statute",
        Scope::Claim,
        "statute:ukpga/2006/41",
        "a law, by legislation.gov.uk path or words of its title",
    ),
    field(Field::Cag, "cag", Scope::Claim, "cag:7-04*", "an approval under section 251"),
    field(Field::Ico, "ico", Scope::Claim, "ico:ZA004909", "a registration with the Information Commissioner"),
    field(Field::Processor, "processor", Scope::Claim, "processor:\"arden gem\"", "a processor, by words of its name"),
    field(Field::Names, "names", Scope::Claim, "names:\"nhs digital\"", "any other organisation named"),
    field(Field::Retention, "retention", Scope::Claim, "retention:P8Y", "a period or an edition of the records code"),
    field(Field::Right, "right", Scope::Claim, "right:portability", "a right that people are told of"),
    field(Field::OptOut, "opt-out", Scope::Claim, "opt-out:type-1", "an opt-out"),
    field(
        Field::Contact,
        "contact",
        Scope::Claim,
        "contact:dpo@*",
        "an e-mail address, telephone number or web address",
    ),
    field(Field::Agreement, "agreement", Scope::Claim, "agreement:DARS-NIC-226296*", "a data sharing agreement"),
    field(Field::Transfer, "transfer", Scope::Claim, "transfer:outside-uk", "none or outside-uk"),
    field(Field::Decision, "decision", Scope::Claim, "decision:none", "automated decisions: none or present"),
    field(Field::Role, "role", Scope::Claim, "role:siro", "dpo, siro or caldicott-guardian"),
    field(
        Field::Person,
        "person",
        Scope::AboutClaim,
        "role:dpo person:smith",
        "words of the name of who holds the role",
    ),
    field(Field::Named, "named", Scope::AboutClaim, "role:siro named:false", "whether somebody is named for the role"),
    field(Field::Value, "value", Scope::AboutClaim, "claim:transfer value:none", "the value of a claim of any kind"),
    field(
        Field::Purpose,
        "purpose",
        Scope::AboutClaim,
        "purpose:invoice-validation",
        "the purpose, or the purpose that a claim beside it is made for",
    ),
    field(
        Field::Rule,
        "rule",
        Scope::Finding,
        "rule:outdated/dpa-1998",
        "findings of a rule, or of a family of them (rule:missing)",
    ),
    field(Field::Severity, "severity", Scope::AboutFinding, "severity:error", "error, warning or info"),
    field(
        Field::Subject,
        "subject",
        Scope::AboutFinding,
        "rule:outdated/body subject:pct",
        "which of a rule's subjects",
    ),
    field(Field::Reviewed, "reviewed", Scope::Day, "reviewed:<2023", "when the notice says it was last reviewed"),
    field(Field::Captured, "captured", Scope::Day, "captured:2021..2022-06", "when it was captured"),
];

impl Field {
    /// The field with this name.
    pub fn of(name: &str) -> Option<Field> {
        FIELDS.iter().find(|f| f.name == name).map(|f| f.field)
    }

    /// What the help says of it.
    pub fn info(self) -> &'static FieldInfo {
        // Every field has its entry: a test goes through them.
        FIELDS.iter().find(|f| f.field == self).unwrap_or(&FIELDS[0])
    }
}

/// The one of `names` that is nearest to a mistyped one, where one is near.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed: Vec<char> = typed.chars().take(64).flat_map(char::to_lowercase).collect();
    let close = |name: &str| {
        let distance = distance(&typed, &name.chars().collect::<Vec<_>>());
        // What begins the same way is near, however much is missing.
        let begins = typed.len() >= 3 && name.chars().zip(&typed).take_while(|(a, b)| a == *b).count() >= typed.len();
        if begins { 1 } else { distance }
    };
    let found = names.into_iter().map(|n| (close(n), n)).min()?;
    (found.0 <= (typed.len() / 3).max(1)).then_some(found.1)
}

/// Letters to change, add, leave out or swap with the next to make one word of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name() {
        for info in FIELDS {
            assert_eq!(Field::of(info.name), Some(info.field));
            assert_eq!(info.field.info().name, info.name);
            assert!(info.example.contains(&format!("{}:", info.name)), "{}", info.example);
        }
    }

    #[test]
    fn a_mistyped_name_finds_the_nearest() {
        let names = || FIELDS.iter().map(|f| f.name);
        assert_eq!(nearest("procesor", names()), Some("processor"));
        assert_eq!(nearest("bsais", names()), Some("basis"));
        assert_eq!(nearest("conf", names()), Some("confidentiality"));
        assert_eq!(nearest("xylophone", names()), None);
    }
}
