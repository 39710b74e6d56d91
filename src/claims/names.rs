//! Names of people and of organisations that no dictionary lists, told by how they are written.

/// Titles that stand before a person's name.
const TITLES: &[&str] = &[
    "Dr", "Dr.", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Prof", "Prof.", "Professor", "Sir", "Dame", "Cllr",
    "Rev",
];

/// Words with a capital that are no part of a person's name: job titles, bodies, sentence openers.
const NOT_NAMES: &[&str] = &[
    "Head", "Director", "Chief", "Officer", "Manager", "Information", "Governance", "Data", "Protection", "Senior",
    "Risk", "Owner", "Caldicott", "Guardian", "NHS", "CCG", "ICB", "CSU", "The", "Our", "Your", "We", "You", "This",
    "Email", "E-mail", "Tel", "Telephone", "Phone", "Address", "Contact", "Medical", "Clinical", "Nurse", "Nursing",
    "Quality", "Executive", "Finance", "Financial", "Deputy", "Associate", "Lead", "Corporate", "Affairs", "Board",
    "Governing", "Body", "Team", "Office", "House", "Street", "Road", "Integrated", "Care", "Commissioning", "Group",
    "Support", "Unit", "Health", "Service", "Services", "Trust", "Foundation", "England", "Digital", "Privacy",
    "Notice", "Policy", "Act", "Section", "Article", "If", "For", "Please", "All", "Any", "As", "At", "By", "In", "It",
    "To", "He", "She", "They", "Who", "What", "How", "Responsible", "Accountable", "Strategy", "Strategic",
    "Operating", "Operations", "People", "Workforce", "Transformation", "Delivery", "Partnership", "Partnerships",
    "Primary", "Digital", "Technology", "Security", "Compliance", "Assurance", "Legal", "Company", "Secretary",
    "Chair", "Vice", "President", "Is", "Are", "And", "Of", "Or", "Name", "Job", "Title", "Role", "DPO", "SIRO", "IG",
    "Interim", "Acting", "Appointed", "Commissioner", "Commissioners", "Midlands", "Lancashire", "Arden", "North",
    "South", "East", "West", "Central", "Patient", "Public", "Complaints", "Freedom", "Request", "Requests", "Records",
    "Management", "Code", "Practice", "GP", "Doctor", "Practitioner", "Pharmacist", "Consultant", "Adviser", "Advisor",
    "Specialist", "Regional", "Local", "Hospital", "Clinic", "Centre", "Floor", "Suite", "Park", "Business", "Website",
    "Web", "Post", "Write", "Writing", "Call", "Monday", "January", "Can", "Each",
];

/// A person's name that starts at byte `at` of `body`: its end. The words before it are not looked at.
pub fn person_at(body: &str, at: usize) -> Option<usize> {
    let line = clipped(body, at);
    let mut end = 0;
    let mut parts = 0;
    let mut titled = false;
    let mut offset = 0;
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        let core = bare.trim_end_matches([',', '.', ';', ':', ')', '(', '”', '"']);
        if parts == 0 && !titled && TITLES.contains(&bare) {
            titled = true;
        } else if is_name_word(core) && !NOT_NAMES.contains(&core) || parts > 0 && is_initial(bare) {
            parts += 1;
            end = offset + core.len();
            if is_initial(bare) && bare.len() > core.len() {
                end = offset + bare.len();
            }
            if core.len() < bare.len() && !is_initial(bare) {
                break;
            }
        } else if parts == 0 && is_initial(bare) {
            parts += 1;
            end = offset + bare.len();
        } else if parts > 0 && matches!(bare, "de" | "van" | "von" | "der" | "le" | "la" | "da" | "al") {
            // A particle belongs to the name if a name word follows; the next round decides.
        } else {
            break;
        }
        offset += word.len();
        if parts >= 4 {
            break;
        }
    }
    let enough = parts >= 2 || parts == 1 && titled;
    enough.then_some(at + end)
}

/// The name that two lines make of which neither holds more: a title and a given name, or a given name alone, and a family
/// name.
pub fn parted(given: &str, family: &str) -> Option<String> {
    let single = given.rsplit(' ').next().unwrap_or(given);
    let titled = given.len() > single.len();
    let title_first = !titled || given.split(' ').next().is_some_and(|w| TITLES.contains(&w));
    let name_words = [single, family].iter().all(|w| is_name_word(w) && !NOT_NAMES.contains(w) && !TITLES.contains(w));
    (title_first && name_words).then(|| format!("{given} {family}"))
}

/// The rest of the line from byte `at` on, as far as a name may reach.
fn clipped(body: &str, at: usize) -> &str {
    body[at..body.floor_char_boundary(at + 240)].split('\n').next().unwrap_or("")
}

fn is_initial(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.len() == 1 && letters.bytes().all(|b| b.is_ascii_uppercase())
}

/// A capitalised word of letters, hyphens and apostrophes with at least one small letter.
fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let rest = word.chars().skip(1).all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
    // "That's Imogen Tressider": a verb hangs on the word.
    let verb = word.ends_with("'s") || word.ends_with("’s");
    first && rest && !verb && word.chars().any(char::is_lowercase) && word.chars().count() >= 2
}

/// Words that end or make the name of an organisation.
const ORGANISATION_WORDS: &[&str] = &[
    "Ltd", "Ltd.", "Limited", "LLP", "plc", "PLC", "CIC", "CSU", "Services", "Service", "Solutions", "Trust",
    "Council", "Group", "Partnership", "Systems", "Consulting", "Consultants", "Consultancy", "Informatics", "Agency",
    "UK", "Technologies", "Technology", "Software", "Analytics", "Data", "Health", "Healthcare", "Care", "Associates",
    "Shredding", "Storage", "Records", "Hosting", "Assurance", "Audit", "Federation", "Alliance", "Foundation",
    "Institute", "Company", "Management", "University",
];

/// The name of an organisation that starts at byte `at` of `body` and runs over capitalised words: its end, and whether
/// one of its words says that it is an organisation.
pub fn organisation_at(body: &str, at: usize) -> Option<(usize, bool)> {
    let line = clipped(body, at);
    let mut end = 0;
    let mut words = 0;
    let mut says = false;
    let mut offset = 0;
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        let core = bare.trim_end_matches([',', ';', ':', ')', '.']).trim_start_matches('(');
        let joins = matches!(core, "and" | "&" | "of" | "for" | "the" | "in");
        let capital = core.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if words == 0 && !core.starts_with(char::is_uppercase) || bare.starts_with('(') && words > 0 || core.is_empty()
        {
            break;
        }
        if capital && !matches!(core, "We" | "They" | "This" | "The" | "Our" | "It" | "Who" | "You") {
            words += 1;
            end = offset + core.len();
            says |= ORGANISATION_WORDS.iter().any(|w| w.eq_ignore_ascii_case(core));
        } else if !joins {
            break;
        }
        if core.len() < bare.len() && !bare.ends_with(',')
            || bare.ends_with(',') && !joins_on(&line[offset + word.len()..])
        {
            break;
        }
        offset += word.len();
        if words >= 9 {
            break;
        }
    }
    (words >= 1 && end > 1).then_some((at + end, says))
}

/// Whether a comma inside a name goes on with it: "South, Central and West".
fn joins_on(rest: &str) -> bool {
    let mut words = rest.split(' ');
    words.next().is_some_and(|w| w.starts_with(char::is_uppercase)) && matches!(words.next(), Some("and" | "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(words: &str) -> Option<&str> {
        person_at(words, 0).map(|end| &words[..end])
    }

    #[test]
    fn a_name_stops_where_it_ends() {
        assert_eq!(person("Marlon Teague, Head of Governance"), Some("Marlon Teague"));
        assert_eq!(person("Dr A. Okonjo who is"), Some("Dr A. Okonjo"));
        assert_eq!(person("Dr D Brown The CCG is registered"), Some("Dr D Brown"));
        assert_eq!(person("Priya O’Neill-Shah and is responsible"), Some("Priya O’Neill-Shah"));
        assert_eq!(person("Chief Medical Officer"), None);
        assert_eq!(person("responsible for"), None);
    }

    #[test]
    fn an_organisation_keeps_its_joining_words() {
        let words = "Marsh & Fen Data Services – shredding";
        assert_eq!(
            organisation_at(words, 0).map(|(end, says)| (&words[..end], says)),
            Some(("Marsh & Fen Data Services", true))
        );
    }
}
