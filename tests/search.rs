//! Indexing and searching as users meet them: the program on corpora of its own, made from text written here.
#![allow(clippy::disallowed_methods)] // tests write corpora

use fairnotice::corpus::{Corpus, Exchange};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A corpus in a folder of its own, removed at the end.
struct World(PathBuf);

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl World {
    fn new(name: &str) -> World {
        static WORLDS: AtomicUsize = AtomicUsize::new(0);
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("fairnotice-search-{}-{number}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        Corpus::create(&dir).expect("a corpus can be made");
        World(dir)
    }

    /// Captures texts: name, day and words of each.
    fn capture<T: AsRef<str>>(&self, notices: &[(T, &str, String)]) {
        let mut corpus = Corpus::open(&self.0).expect("the corpus opens");
        let exchanges: Vec<Exchange> = notices
            .iter()
            .map(|(name, day, words)| {
                let uri = format!("https://www.{}.example/privacy", name.as_ref());
                let instant = format!("{day}T09:00:00Z").parse().expect("an instant");
                Exchange::file(&uri, instant, "text/plain", words.clone().into_bytes())
            })
            .collect();
        corpus.append_all(&exchanges).expect("captures are kept");
    }

    fn run(&self, command: &str, arguments: &[&str]) -> (String, String, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
            .arg(command)
            .arg("--corpus")
            .arg(&self.0)
            .args(arguments)
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
    }

    fn index(&self) -> String {
        let (out, error, code) = self.run("index", &["--as-of", "2026-11-22"]);
        assert_eq!(code, 0, "{error}");
        out
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let (out, error, code) = self.run("search", &[&["--format", "json"], arguments].concat());
        assert_eq!(code, 0, "{arguments:?}: {error}");
        serde_json::from_str(&out).expect("JSON")
    }

    /// The names of the hosts of all hits, in the order of the hits.
    fn found(&self, arguments: &[&str]) -> Vec<String> {
        let answer = self.json(&[&["--limit", "0"], arguments].concat());
        let hits = answer["hits"].as_array().expect("hits").clone();
        assert_eq!(answer["total"], hits.len(), "all hits are there");
        let host = |hit: &Value| hit["source"].as_str().and_then(|s| s.split('.').nth(1)).unwrap_or("").to_owned();
        hits.iter().map(host).collect()
    }

    fn sorted(&self, query: &str) -> Vec<String> {
        let mut found = self.found(&[query]);
        found.sort();
        found
    }
}

fn notice(body: &str, words: &str) -> String {
    format!(
        "Privacy notice\n\nWho we are\n\n{body} (we) is the data controller. This privacy notice explains how we use personal \
         information about you and your rights under the UK GDPR.\n\n{words}\n\nYour rights\n\nYou have the right of access to \
         your personal information, and the right to complain to the Information Commissioner's Office.\n"
    )
}

fn boards() -> World {
    let world = World::new("boards");
    world.capture(&[
        (
            "ashmere",
            "2024-03-01",
            notice(
                "NHS Ashmere Integrated Care Board",
                "Our registration number with the ICO is ZA 990004.\n\nRisk stratification\n\nWe process your data for risk \
                 stratification under Article 6 (1) (e) and Article 9.2.h of the UK GDPR. Larchfield Analytics Ltd acts as our \
                 data processor. Approval was given under section 251: CAG7-04(a)/2013.\n\nRetention\n\nComplaint files are kept \
                 for 8 years.\n\nCaldicott Guardian\n\nOur Caldicott Guardian makes sure that your data are safe.\n\nLast \
                 reviewed: 3 May 2021",
            ),
        ),
        (
            "brackendale",
            "2024-03-02",
            notice(
                "NHS Brackendale Clinical Commissioning Group",
                "Our ICO registration number is ZA990012.\n\nInvoice validation\n\nWe validate invoices under Articles 6(1)(c) and \
                 (e) of the GDPR and Article 9(2)(h). Optum processes the data on our behalf, with approval CAG \
                 7-07(a)(b)/2013.\n\nOur Caldicott Guardian is Dr Lydia Fairweather.\n\nWe act under the Data Protection Act \
                 1998.\n\nLast reviewed: June 2018",
            ),
        ),
        (
            "carrowby",
            "2024-03-03",
            notice(
                "NHS Carrowby Integrated Care Board",
                "Safeguarding\n\nWe share information about children at risk because the law obliges us to. We rely on legitimate \
                 interests for our mailing list.\n\nThis notice was last updated in February 2024",
            ),
        ),
    ]);
    assert_eq!(world.index(), "versions of notices: 3 new, 0 known\n");
    world
}

#[test]
fn references_are_found_in_every_form() {
    let world = boards();
    for form in ["6(1)(e)", "Article 6 (1) (e)", "6.1.e", "art. 6(1)(E)", "\"6(1)(e)\""] {
        assert_eq!(world.sorted(form), ["ashmere", "brackendale"], "{form}");
    }
    for form in ["9(2)(h)", "9.2.h", "Article 9 (2)(h)", "basis:9(2)(h)", "basis:\"9(2)(h)\"", "basis:uk-gdpr:9(2)(h)"]
    {
        assert_eq!(world.sorted(form), ["ashmere", "brackendale"], "{form}");
    }
    for form in
        ["CAG 7-04(a)/2013", "CAG7-04(a)/2013", "7-04(a)/2013", "cag:7-04*", "cag:\"CAG 7-04(a)/2013\"", "cag:CAG*"]
    {
        assert!(world.sorted(form).contains(&"ashmere".to_owned()), "{form}");
    }
    for form in ["CAG 7-07(a)/2013", "CAG 7-07(b)/2013", "CAG7-07(a)(b)/2013", "cag:7-07*", "cag:7-07(b)/2013"] {
        assert_eq!(world.sorted(form), ["brackendale"], "{form}");
    }
    for form in ["ZA990004", "ZA 990004", "za990004", "ico:ZA990004", "ico:za99000*"] {
        assert_eq!(world.sorted(form), ["ashmere"], "{form}");
    }
    // In words only, which a claim says all the same.
    assert_eq!(world.sorted("6(1)(f)"), ["carrowby"]);
    assert_eq!(world.sorted("6(1)(d)"), [""; 0]);
}

#[test]
fn words_phrases_prefixes_and_fields() {
    let world = boards();
    for (query, found) in [
        ("\"legitimate interests\"", vec!["carrowby"]),
        ("mailing lists", vec!["carrowby"]),
        ("strat*", vec!["ashmere"]),
        ("\"risk strat\"*", vec!["ashmere"]),
        ("\"strat risk\"*", vec![]),
        ("risk -safeguarding", vec!["ashmere"]),
        ("risk NOT (safeguarding OR invoices)", vec!["ashmere"]),
        ("safeguarding OR invoices", vec!["brackendale", "carrowby"]),
        ("org:ashmere", vec!["ashmere"]),
        ("org:\"NHS Ashmere ICB\"", vec!["ashmere"]),
        ("type:ccg", vec!["brackendale"]),
        ("type:(ccg OR icb) risk", vec!["ashmere", "carrowby"]),
        ("processor:larchfield", vec!["ashmere"]),
        ("processor:\"analytics larch\"*", vec!["ashmere"]),
        ("statute:\"data protection act 1998\"", vec!["brackendale"]),
        ("statute:ukpga/1998*", vec!["brackendale"]),
        ("retention:P8Y", vec!["ashmere"]),
        ("retention:\"8 years\"", vec!["ashmere"]),
        ("-claim:retention", vec!["brackendale", "carrowby"]),
        ("role:caldicott-guardian named:false", vec!["ashmere"]),
        ("role:caldicott-guardian named:true", vec!["brackendale"]),
        ("role:caldicott-guardian person:fairweather", vec!["brackendale"]),
        ("claim:ico-registration value:ZA990012", vec!["brackendale"]),
        ("rule:outdated/dpa-1998", vec!["brackendale"]),
        ("rule:unnamed severity:error", vec!["ashmere"]),
        ("reviewed:<2023", vec!["ashmere", "brackendale"]),
        ("reviewed:2018..2020", vec!["brackendale"]),
        ("reviewed:2021-05-03", vec!["ashmere"]),
        ("captured:>2024-03-01", vec!["brackendale", "carrowby"]),
        ("title:privacy", vec!["ashmere", "brackendale", "carrowby"]),
    ] {
        assert_eq!(world.sorted(query), found, "{query}");
    }
}

/// What stands side by side is about one claim: the bases of risk stratification, not of anything.
#[test]
fn conditions_side_by_side_are_about_one_claim() {
    let world = boards();
    assert_eq!(world.sorted("basis:9(2)(h) purpose:risk-stratification"), ["ashmere"]);
    assert_eq!(
        world.sorted("basis:9(2)(h) purpose:(risk-stratification OR invoice-validation)"),
        ["ashmere", "brackendale"]
    );
    // The notice has both, in different sections.
    assert_eq!(world.sorted("retention:P8Y purpose:risk-stratification"), [""; 0]);
    assert_eq!(world.sorted("retention:P8Y (purpose:risk-stratification)"), [""; 0]);
    assert_eq!(world.sorted("basis:6(1)(e) basis:9(2)(h) purpose:invoice-validation"), ["brackendale"]);
}

#[test]
fn a_hit_shows_its_words_in_their_sentence() {
    let world = boards();
    let answer = world.json(&["6(1)(e) org:ashmere"]);
    let hit = &answer["hits"][0];
    assert_eq!(hit["organisation"], "NHS Ashmere ICB");
    assert_eq!(hit["type"], "icb");
    assert_eq!(hit["reviewed"], "2021-05-03");
    assert_eq!(hit["captured"], "2024-03-01T09:00:00Z");
    assert_eq!(hit["source"], "https://www.ashmere.example/privacy");
    let section: Vec<&str> = hit["section"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
    assert_eq!(section.last(), Some(&"Risk stratification"), "{section:?}");
    let snippet: Vec<char> = hit["snippet"].as_str().expect("words").chars().collect();
    let mark = &hit["marks"][0];
    let range = mark[0].as_u64().expect("a number") as usize..mark[1].as_u64().expect("a number") as usize;
    assert_eq!(snippet[range].iter().collect::<String>(), "Article 6 (1) (e)");
    assert!(hit["score"].as_f64().is_some_and(|s| s > 0.0));
    // What a hit rests on can be cited: the bytes captured, and the place in the text that is read from them.
    let corpus = Corpus::open(&world.0).expect("the corpus opens");
    let version = corpus.versions().expect("versions").into_iter().find(|v| v.notice.contains("ashmere")).expect("it");
    let text = corpus.bytes(&version.pages[0]).expect("the bytes");
    let text = fairnotice::document::read(&text, "notice.txt").expect("a text").text.body;
    assert_eq!(hit["sha256"], version.sha256.as_str());
    let (start, end) =
        (hit["start"].as_u64().expect("a place") as usize, hit["end"].as_u64().expect("a place") as usize);
    assert_eq!(&text[start..end], "Article 6 (1) (e)");
    let facets = &answer["facets"];
    assert_eq!(facets["organisation"][0]["value"], "NHS Ashmere ICB");
    assert_eq!(facets["year"][0], serde_json::json!({"value": "2021", "count": 1}));
    for facet in ["type", "claim", "rule"] {
        assert!(facets[facet].as_array().is_some_and(|f| !f.is_empty()), "{facet}");
    }
}

#[test]
fn hits_are_limited_aloud_and_sorted() {
    let world = boards();
    let (out, _, _) = world.run("search", &["--limit", "1", "privacy"]);
    assert!(out.contains("3 notices fit; 1 shown (--limit 0 shows all)"), "{out}");
    let (out, error, _) = world.run("search", &["--limit", "1", "--format", "jsonl", "privacy"]);
    assert_eq!(out.lines().count(), 1);
    assert!(error.contains("1 of 3 hits written"), "{error}");
    assert_eq!(world.found(&["--sort", "organisation", "privacy"]), ["ashmere", "brackendale", "carrowby"]);
    assert_eq!(
        world.found(&["--sort", "organisation", "--reverse", "privacy"]),
        ["carrowby", "brackendale", "ashmere"]
    );
    assert_eq!(world.found(&["--sort", "reviewed", "privacy"]), ["carrowby", "ashmere", "brackendale"]);
    assert_eq!(world.found(&["--sort", "captured", "--reverse", "privacy"]), ["ashmere", "brackendale", "carrowby"]);
    let (out, _, code) = world.run("search", &["--format", "csv", "privacy"]);
    assert_eq!((out.lines().count(), code), (4, 0), "{out}");
    assert!(out.lines().next().is_some_and(|head| head.ends_with(",open,sha256,start,end")), "{out}");
    let (out, _, code) = world.run("search", &["xylophone"]);
    assert_eq!((out.as_str(), code), ("no notice fits\n", 0));
}

#[test]
fn many_queries_are_asked_at_once() {
    let world = boards();
    let file = world.0.join("queries.txt");
    std::fs::write(&file, "# ours\norg:ashmere\n\ntype:ccg\n").expect("a file of queries");
    let answers = world.json(&["--queries", &file.to_string_lossy()]);
    let queries: Vec<&str> = answers.as_array().expect("a list").iter().filter_map(|a| a["query"].as_str()).collect();
    assert_eq!(queries, ["org:ashmere", "type:ccg"]);
    std::fs::write(&file, "org:ashmere\ntyp:ccg\n").expect("a file of queries");
    let (_, error, code) = world.run("search", &["--queries", &file.to_string_lossy()]);
    assert_eq!(code, 2);
    assert!(error.contains("queries.txt:2: at character 1: there is no field 'typ'; did you mean 'type:'?"), "{error}");
}

#[test]
fn a_mistake_is_shown_at_its_place() {
    let world = boards();
    let (out, error, code) = world.run("search", &["risk procesor:optum"]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert_eq!(
        error,
        "error: query at character 6: there is no field 'procesor'; did you mean 'processor:'?\n  risk procesor:optum\n       ^^^^^^^^\n"
    );
    for (query, told) in [
        ("rule:outdated/dpa-1989", "did you mean 'outdated/dpa-1998'?"),
        ("role:chairman", "it is one of dpo, siro, caldicott-guardian"),
        ("purpose:risk-stratificaton", "did you mean 'risk-stratification'?"),
        ("reviewed:<lately", "'lately' is no date"),
        ("lineage:Atlantis", "no board is known by 'Atlantis'"),
        ("(a OR", "words or a field were expected after OR"),
    ] {
        let (_, error, code) = world.run("search", &[query]);
        assert_eq!(code, 2, "{query}");
        assert!(error.contains(told) && error.contains('^'), "{query}: {error}");
    }
    let empty = World::new("empty");
    let (_, error, code) = empty.run("search", &["anything"]);
    assert_eq!(code, 2);
    assert!(error.contains("nothing is indexed yet"), "{error}");
}

#[test]
fn only_what_is_new_is_read_and_each_day_has_its_corpus() {
    let world = World::new("versions");
    let old =
        notice("NHS Darlington CCG", "We hold your data under the Data Protection Act 1998. Call us about zebras.");
    let new =
        notice("NHS Darlington CCG", "We hold your data under the Data Protection Act 2018. Call us about llamas.");
    world
        .capture(&[("darlington", "2017-05-01", old), ("ashmere", "2017-06-01", notice("NHS Ashmere ICB", "Herons."))]);
    assert_eq!(world.index(), "versions of notices: 2 new, 0 known\n");
    assert_eq!(world.index(), "versions of notices: 0 new, 2 known\n");
    world.capture(&[("darlington", "2019-05-01", new)]);
    assert_eq!(world.index(), "versions of notices: 1 new, 1 judged again, 1 known\n");
    assert_eq!(world.sorted("zebras"), [""; 0]);
    assert_eq!(world.sorted("llamas"), ["darlington"]);
    assert_eq!(world.found(&["--as-of", "2018-01-01", "zebras"]), ["darlington"]);
    assert_eq!(world.found(&["--as-of", "2018-01-01", "llamas"]), [""; 0]);
    assert_eq!(world.found(&["--as-of", "2016-01-01", "privacy"]), [""; 0]);
    assert_eq!(world.found(&["--all-versions", "org:darlington"]).len(), 2);
    // The Act was in force when the old version was: the finding came with the repeal.
    assert_eq!(world.found(&["--as-of", "2018-01-01", "rule:outdated/dpa-1998"]), [""; 0]);
    assert_eq!(world.found(&["--as-of", "2018-06-01", "rule:outdated/dpa-1998"]), ["darlington"]);
    // A line of succession: the board that came of it is found by its predecessor and the other way round.
    assert_eq!(world.sorted("lineage:00C"), ["darlington"]);
    assert_eq!(world.sorted("lineage:16C"), ["darlington"]);
    assert_eq!(world.sorted("lineage:QHM"), ["darlington"]);
}

/// Every notice of the index with what is kept of it, in order: what an index holds, however it came to be.
fn held(world: &World) -> Vec<String> {
    let queries = ["privacy OR -privacy", "basis:6*", "6(1)(e)", "rule:missing/retention", "-claim:retention"];
    let answers = queries.iter().map(|q| world.json(&["--all-versions", "--limit", "0", "--sort", "title", q]));
    let mut out = Vec::new();
    for mut answer in answers {
        let hits = answer["hits"].as_array_mut().expect("hits");
        // Scores depend on how many entries were thrown away, which the kills decide; the folders differ by design.
        hits.iter_mut().for_each(|h| (h["score"], h["open"]) = (Value::Null, Value::Null));
        let mut hits: Vec<String> = hits.iter().map(ToString::to_string).collect();
        hits.sort();
        out.extend(hits);
        out.push(answer["facets"].to_string());
    }
    out
}

/// Killed at many moments and run again, the index is the one that is made in one go; at no moment is what was committed lost.
#[test]
fn an_index_that_was_killed_is_made_whole() {
    let notices: Vec<(String, &str, String)> = (0..240)
        .map(|n| {
            let words = format!("Purpose {n}\n\nWe rely on Article 6(1)({}) for {n} letters.", ["a", "c", "e"][n % 3]);
            let body = format!("NHS Board {} ICB", ["Ashmere", "Dunmoor", "Garside", "Penfold"][n % 4]);
            (format!("notice-{n}"), "2024-01-01", notice(&body, &words.repeat(1 + n % 7)))
        })
        .collect();
    let (whole, killed) = (World::new("whole"), World::new("killed"));
    whole.capture(&notices);
    killed.capture(&notices);
    assert_eq!(whole.index(), "versions of notices: 240 new, 0 known\n");
    let mut seen = 0;
    let mut chance = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..50 {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let mut child = Command::new(env!("CARGO_BIN_EXE_fairnotice"))
            .args(["index", "--as-of", "2026-11-22", "--batch", "9", "--corpus"])
            .arg(&killed.0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(chance % 60));
        let _ = child.kill();
        let _ = child.wait();
        if killed.run("search", &["privacy"]).2 != 0 {
            // Nothing was committed yet.
            assert_eq!(seen, 0, "round {round}: what was searchable is so no longer");
            continue;
        }
        let now = killed.json(&["--limit", "1", "privacy"])["total"].as_u64().expect("a number");
        assert!(now >= seen, "round {round}: {now} notices are searchable, {seen} were before");
        seen = now;
    }
    killed.index();
    assert!(held(&whole) == held(&killed), "the index made in pieces differs from the one made in one go");
}

/// Findings that show only between notices are those of the newest versions, however the index came to be.
#[test]
fn findings_between_notices_are_found_too() {
    let board = |own: &str, named: &str| {
        let words =
            format!("We only pass on what is needed, and NHS {named} ICB asks every supplier for the same care.");
        notice(&format!("NHS {own} Integrated Care Board"), &words)
    };
    let world = World::new("between");
    world.capture(&[
        ("ashmere", "2024-03-01", board("Ashmere", "Deverell")),
        ("brackendale", "2024-03-01", board("Brackendale", "Brackendale")),
        ("carrowby", "2024-03-01", board("Carrowby", "Carrowby")),
    ]);
    assert_eq!(world.index(), "versions of notices: 3 new, 0 known\n");
    for query in [
        "rule:corpus/copied-text",
        "rule:corpus",
        "rule:corpus/copied-text severity:warning subject:\"NHS Deverell ICB\"",
    ] {
        assert_eq!(world.sorted(query), ["ashmere"], "{query}");
    }
    assert_eq!(world.sorted("rule:corpus/copied-text subject:deverell"), ["ashmere"]);
    assert_eq!(world.sorted("rule:corpus/copied-text subject:carrowby"), [""; 0]);
    assert_eq!(world.sorted("-rule:corpus/copied-text"), ["brackendale", "carrowby"]);
    let answer = world.json(&["rule:corpus/copied-text"]);
    assert!(answer["hits"][0]["snippet"].to_string().contains("asks every supplier"), "{answer}");
    let counted = |answer: &Value| {
        let rules = answer["facets"]["rule"].as_array().expect("a facet").clone();
        rules.iter().any(|r| r["value"] == "corpus/copied-text" && r["count"] == 1)
    };
    assert!(counted(&answer) && counted(&world.json(&["privacy"])), "{answer}");
    assert_eq!(world.index(), "versions of notices: 0 new, 3 known\n", "what did not change is not written again");
    // Too many for the memory that may be used: nothing is found, and that is said.
    let (_, error, code) = world.run("index", &["--as-of", "2026-11-22", "--compare", "2"]);
    assert!(code == 0 && error.contains("3 notices were not compared with one another"), "{error}");
    let (out, error, _) = world.run("search", &["--format", "json", "rule:corpus/copied-text"]);
    assert!(out.contains("\"total\": 0") && error.contains("were not compared"), "{out}{error}");
    world.index();
    assert_eq!(world.sorted("rule:corpus"), ["ashmere"]);
    // A notice that comes later shows that another's sentence is a copy; one that is mended is a copy no longer.
    world.capture(&[
        ("deverell", "2024-04-01", board("Deverell", "Deverell")),
        ("brackendale", "2024-04-01", board("Brackendale", "Carrowby")),
    ]);
    world.index();
    assert_eq!(world.sorted("rule:corpus/copied-text"), ["ashmere", "brackendale"]);
    world.capture(&[("ashmere", "2024-05-01", board("Ashmere", "Ashmere"))]);
    world.index();
    assert_eq!(world.sorted("rule:corpus/copied-text"), ["brackendale"]);
    let grown = held(&world);
    let anew = world.run("index", &["--as-of", "2026-11-22", "--again"]);
    assert_eq!(anew.2, 0, "{}", anew.1);
    assert!(held(&world) == grown, "an index that grew differs from one made in one go");
}

#[test]
fn what_cannot_be_read_is_told_and_not_tried_again() {
    let world = World::new("unreadable");
    world.capture(&[
        ("empty", "2024-01-01", String::new()),
        ("ashmere", "2024-01-01", notice("NHS Ashmere ICB", "Herons.")),
    ]);
    let (out, error, code) = world.run("index", &[]);
    assert_eq!((out.as_str(), code), ("versions of notices: 2 new, 0 known, 1 unreadable\n", 3), "{error}");
    assert!(error.contains("https://www.empty.example/privacy"), "{error}");
    assert_eq!(world.sorted("-zebras"), ["ashmere"]);
    let (out, _, _) = world.run("index", &[]);
    assert_eq!(out, "versions of notices: 0 new, 2 known\n");
}
