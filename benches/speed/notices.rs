//! Notices made for measuring: in comes a seed, out come pages of HTML that look like those of NHS commissioners without
//! being copies of any. Menus, scripts, tables, accordions and lists are filled from sentence templates and word lists.

/// A small generator of numbers (SplitMix64), so that every run measures the same bytes.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const PLACES: &[&str] = &[
    "Ashmere", "Brackendale", "Carrowby", "Dunmoor", "Eastleaze", "Fenwick Vale", "Garside", "Haverley", "Inglebrook",
    "Jessamy", "Kelderwater", "Lowmarsh", "Merrivale", "Northcombe", "Oakhanger", "Penfold", "Quarrydown",
    "Rushbourne", "Saltmere", "Thornbeck", "Underhill", "Vinehall", "Westerham Moor", "Yarrowdale",
];
const FIRST: &[&str] = &[
    "Amira", "Beatrice", "Callum", "Devika", "Edmund", "Farah", "Gwilym", "Hannah", "Imran", "Jocelyn", "Kwame",
    "Lydia", "Marek", "Niamh", "Oluwaseun", "Priya", "Quentin", "Rosalind", "Stefan", "Tamsin", "Umar", "Verity",
];
const LAST: &[&str] = &[
    "Abernethy", "Brathwaite", "Coldicott", "Dunmore", "Eversley", "Fairweather", "Gokhale", "Hollingworth", "Iqbal",
    "Jephcott", "Kettlewell", "Langstaff", "Mbeki-Ross", "Nightingale", "O’Rourke", "Pemberton", "Quayle", "Rattigan",
    "Szymański", "Thistlethwaite", "Uddin", "Wetherby",
];
const SUPPLIERS: &[&str] = &[
    "Larchfield Analytics Ltd", "Optum", "NHS Arden and GEM CSU", "Capita", "Millbrook Payroll Services Limited",
    "NHS Shared Business Services", "Redwing Archives plc", "North of England Commissioning Support Unit", "Liaison",
    "Prescribing Services Ltd", "Tallow & Wick LLP", "Mailchimp", "Iron Mountain", "Stonechat Interpreting CIC",
];
const BODIES: &[&str] = &[
    "NHS England", "NHS Digital", "Public Health England", "the Care Quality Commission", "the Cabinet Office",
    "the Department of Health and Social Care", "the Information Commissioner’s Office", "the local authority",
    "the Parliamentary and Health Service Ombudsman", "your GP practice", "NHS Improvement", "the police",
];
const PURPOSES: &[&str] = &[
    "Continuing healthcare", "Individual funding requests", "Personal health budgets", "Safeguarding",
    "Risk stratification", "Invoice validation", "Commissioning", "Complaints", "Serious incidents",
    "Medicines optimisation", "Population health management", "Child death reviews", "Shared care record",
    "Staff and recruitment", "Communications and engagement", "Research", "National Fraud Initiative", "Primary care",
];
const ACTS: &[&str] = &[
    "the Data Protection Act 2018", "the National Health Service Act 2006", "section 251 of the NHS Act 2006",
    "the Health and Care Act 2022", "the Care Act 2014", "the Children Act 2004", "the Mental Capacity Act 2005",
    "the Freedom of Information Act 2000", "the Data Protection Act 1998", "the Health and Social Care Act 2012",
    "Schedule 1, paragraph 2 of the Data Protection Act 2018", "the Equality Act 2010", "the Human Rights Act 1998",
];
const RECORDS: &[&str] = &[
    "complaint files", "funding panel papers", "invoices", "care plans", "interview notes", "visitor logs", "minutes",
    "safeguarding reports", "mailing lists", "prescribing data", "contracts", "assessments of eligibility",
];
const MONTHS: &[&str] = &["January", "March", "April", "June", "August", "September", "November"];
const ORDINARY: &[&str] = &[
    "team", "meeting", "patient", "letter", "service", "hospital", "neighbourhood", "budget", "decision", "panel",
    "report", "nurse", "clinic", "family", "support", "carer", "appointment", "question", "survey", "website",
    "building", "partner", "quality", "plan", "year", "record", "community", "improvement", "review", "group",
];
const VERBS: &[&str] = &[
    "discusses", "needs", "arranges", "prepares", "receives", "checks", "supports", "describes", "improves", "answers",
    "follows", "records", "plans", "compares", "welcomes", "publishes",
];
const KINDS: &[&str] = &[
    "local", "new", "joint", "monthly", "older", "independent", "helpful", "national", "careful", "separate", "shared",
    "earlier", "suitable", "wider",
];

/// Sentences of notices; `{…}` is filled in by [`filled`].
const SENTENCES: &[&str] = &[
    "{icb} is the data controller for the personal information described in this section.",
    "We process your information under Article {a6} and Article {a9} of the UK GDPR.",
    "Our lawful basis is Article {a6}, and for health data Article {a9}, together with {act}.",
    "The work is carried out on our behalf by {supplier}, who act only on our instructions.",
    "We share {record} with {body} where the law requires it & nowhere else.",
    "{Record} are kept for {n} years after the case is closed and then securely destroyed.",
    "We keep {record} in line with the Records Management Code of Practice {code}.",
    "You can write to our Data Protection Officer, {person}, at {mail} or telephone {phone}.",
    "The Caldicott Guardian of the organisation is {person}, who can be reached on {phone}.",
    "Our Senior Information Risk Owner is {person}.",
    "You have the right to {right} – please contact us at {mail}.",
    "Approval under section 251 of the NHS Act 2006 was given for this purpose (CAG {cag}).",
    "You can opt out of your confidential patient information being used for research and planning.",
    "If you are unhappy you have the right to complain to {body} at Wycliffe House, Water Lane, Wilmslow.",
    "This page was last updated in {month} {year}; it is reviewed every twelve months.",
    "Information is received from {body}, from {body} and from people who write to us.",
    "Before {month} {year} this function belonged to NHS {place} Clinical Commissioning Group.",
    "We do not transfer your data outside the United Kingdom, and no decision is made by automated means alone.",
    "Only staff of the {place} office who need {record} for their work can open them.",
    "{Supplier} provides the system in which {record} are stored; its servers are in {place}.",
    "Pseudonymised data are linked by {supplier} so that nobody in our organisation sees who you are.",
    "Where you have given consent, you may withdraw it at any time by writing to {mail}.",
    "For {purpose} we use your name, address, date of birth, NHS number and notes about your health.",
    "Under {act} we must co-operate with {body} when somebody may be at risk of harm.",
];
const RIGHTS: &[&str] = &[
    "ask for a copy of the information we hold about you", "have mistakes corrected", "object to the processing",
    "ask us to restrict the use of your data", "have your data erased in some circumstances", "data portability",
];

/// Who a notice belongs to: the same throughout it.
struct Owner {
    place: &'static str,
    officer: String,
}

fn filled(template: &str, owner: &Owner, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (slot, after) = behind.split_once('}').unwrap_or((behind, ""));
        out.push_str(before);
        fill(&mut out, slot, owner, chance);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn fill(out: &mut String, slot: &str, owner: &Owner, chance: &mut Chance) {
    let n = chance.below(1000);
    let words = match slot {
        "icb" => format!("NHS {} {}", owner.place, chance.of(&["ICB", "Integrated Care Board"])),
        "a6" => format!("6(1)({})", chance.of(&["a", "b", "c", "e", "e", "e", "f"])),
        "a9" => format!("9(2)({})", chance.of(&["a", "b", "g", "h", "h", "h", "i"])),
        "n" => (2 + n % 19).to_string(),
        "code" => chance.of(&["2016", "2021", "for Health and Social Care"]).to_owned(),
        "cag" => format!("{}-0{}({})/20{}", 1 + n % 9, 1 + n % 8, chance.of(&["a", "b", "c"]), 12 + n % 3),
        "mail" => format!(
            "{}.{}@{}.icb.nhs.uk",
            chance.of(FIRST).to_lowercase(),
            n,
            owner.place.replace(' ', "").to_lowercase()
        ),
        "phone" => format!("01632 960{n:03}"),
        "person" if n < 700 => owner.officer.clone(),
        "person" => format!("{} {}", chance.of(FIRST), chance.of(LAST)),
        "year" => (2013 + n % 14).to_string(),
        "Record" => capital(chance.of(RECORDS)),
        "purpose" => chance.of(PURPOSES).to_lowercase(),
        _ => chance
            .of(match slot {
                "act" => ACTS,
                "supplier" | "Supplier" => SUPPLIERS,
                "record" => RECORDS,
                "body" => BODIES,
                "right" => RIGHTS,
                "month" => MONTHS,
                _ => PLACES,
            })
            .to_owned(),
    };
    out.push_str(&words);
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A sentence that claims nothing: most of what a notice says.
fn ordinary(chance: &mut Chance) -> String {
    let thing = |chance: &mut Chance| format!("{} {}", chance.of(KINDS), chance.of(ORDINARY));
    let mut out = format!("The {} {} the {}", thing(chance), chance.of(VERBS), thing(chance));
    for _ in 0..chance.below(3) {
        out.push_str(&format!(
            "{} the {} of the {}",
            chance.of(&[" and", ", with", ", after", " for"]),
            thing(chance),
            chance.of(ORDINARY)
        ));
    }
    out.push('.');
    out
}

fn paragraph(owner: &Owner, chance: &mut Chance) -> String {
    let sentence = |chance: &mut Chance| match chance.below(5) {
        0 | 1 => filled(SENTENCES[chance.below(SENTENCES.len())], owner, chance),
        _ => ordinary(chance),
    };
    let count = 2 + chance.below(4);
    (0..count).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ").replace('&', "&amp;")
}

fn menu(chance: &mut Chance) -> String {
    let item = |chance: &mut Chance| {
        format!(
            "<li class=\"nav__item nav__item--{}\"><a href=\"/{}/{}\" data-track=\"{}\"><span>{}</span></a></li>\n",
            chance.below(9),
            chance.of(ORDINARY),
            chance.of(ORDINARY),
            chance.next(),
            capital(chance.of(ORDINARY))
        )
    };
    let count = 12 + chance.below(20);
    format!("<nav aria-label=\"Main\"><ul>\n{}</ul></nav>\n", (0..count).map(|_| item(chance)).collect::<String>())
}

fn script(chance: &mut Chance) -> String {
    let line = |chance: &mut Chance| {
        format!(
            "  window.site['{}{}'] = function (e) {{ if (e && e.n < {}) {{ return '<b>' + e.id + '</b>'; }} return {}; }};\n",
            chance.of(ORDINARY),
            chance.below(99),
            chance.below(50),
            chance.next()
        )
    };
    let count = 8 + chance.below(40);
    format!("<script>\n{}</script>\n", (0..count).map(|_| line(chance)).collect::<String>())
}

fn table(owner: &Owner, chance: &mut Chance) -> String {
    let row = |chance: &mut Chance| {
        let cells = ["{purpose}", "Article {a6}; Article {a9}", "{supplier}, {body}", "{n} years"]
            .map(|cell| format!("<td>{}</td>", filled(cell, owner, chance).replace('&', "&amp;")));
        format!("<tr>{}</tr>\n", cells.concat())
    };
    let count = 3 + chance.below(8);
    format!(
        "<table class=\"table\"><thead><tr><th>Purpose</th><th>Legal basis</th><th>Who sees it</th><th>How long we keep it</th></tr></thead><tbody>\n{}</tbody></table>\n",
        (0..count).map(|_| row(chance)).collect::<String>()
    )
}

fn section(owner: &Owner, chance: &mut Chance) -> String {
    let title = chance.of(PURPOSES);
    let paragraphs = |chance: &mut Chance| {
        let count = 2 + chance.below(4);
        (0..count).map(|_| format!("<p>{}</p>\n", paragraph(owner, chance))).collect::<String>()
    };
    let list = |chance: &mut Chance| {
        let count = 3 + chance.below(6);
        (0..count)
            .map(|_| {
                format!(
                    "<li>{}</li>\n",
                    filled(SENTENCES[chance.below(SENTENCES.len())], owner, chance).replace('&', "&amp;")
                )
            })
            .collect::<String>()
    };
    match chance.below(5) {
        0 => format!(
            "<details class=\"accordion\"><summary>{title}</summary><div class=\"accordion__body\">\n{}</div></details>\n",
            paragraphs(chance)
        ),
        1 => format!("<h2>{title}</h2>\n{}<ul>\n{}</ul>\n", paragraphs(chance), list(chance)),
        2 => format!(
            "<h2 id=\"s{}\">{title}</h2>\n<p>{}</p>\n{}",
            chance.below(999),
            paragraph(owner, chance),
            table(owner, chance)
        ),
        3 => format!(
            "<h3><strong>{title}</strong></h3>\n<div><div class=\"row\"><div class=\"col-md-8\">{}</div></div></div>\n",
            paragraphs(chance)
        ),
        _ => format!("<h2>{title}</h2>\n{}", paragraphs(chance)),
    }
}

/// A page of at least `bytes` bytes.
fn page(chance: &mut Chance, bytes: usize) -> String {
    let owner = Owner { place: chance.of(PLACES), officer: format!("{} {}", chance.of(FIRST), chance.of(LAST)) };
    let name = format!("NHS {} Integrated Care Board", owner.place);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>Privacy notice - {name}</title>\n{}</head>\n<body>\n<header>{}</header>\n<main>\n<h1>Privacy notice</h1>\n<p>This privacy notice explains how {name} (the ICB) collects and uses personal information.</p>\n",
        script(chance),
        menu(chance)
    );
    while out.len() < bytes {
        out.push_str(&section(&owner, chance));
        if chance.below(8) == 0 {
            out.push_str(&script(chance));
        }
    }
    out.push_str(&format!(
        "</main>\n<footer>{}<p>&copy; {name} {}</p></footer>\n</body>\n</html>\n",
        menu(chance),
        2015 + chance.below(12)
    ));
    out
}

/// Pages of 15 to 100 kB, `bytes` bytes or a little more together.
pub fn pages(seed: u64, bytes: usize) -> Vec<String> {
    let mut chance = Chance(seed);
    let (mut out, mut total) = (Vec::new(), 0);
    while total < bytes {
        let length = 15_000 + chance.below(85_000);
        let page = page(&mut chance, length);
        total += page.len();
        out.push(page);
    }
    out
}

/// One page of at least `bytes` bytes.
pub fn one(seed: u64, bytes: usize) -> String {
    page(&mut Chance(seed), bytes)
}
