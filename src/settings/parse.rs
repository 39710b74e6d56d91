//! The words of a settings file become settings.
//!
//! In comes TOML; out come settings, or the first mistake with its line, what is wrong and the nearest right name. A key or
//! value that is not known is a mistake: one that is silently passed over would be believed to hold.

use super::{AsOfSetting, Glob, Levels, Settings, SettingsError, Suppression, nearest};
use crate::claims::is_registration_number;
use crate::model::{Day, Declaration, Severity};
use crate::rules;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const TOP: [&str; 8] = ["as-of", "baseline", "controller", "dictionaries", "fail-on", "paths", "rules", "suppress"];
const CONTROLLER: [&str; 7] = ["name", "ods", "ico-registration", "dpo", "caldicott-guardian", "siro", "processors"];
const PATHS: [&str; 2] = ["match", "rules"];
const SUPPRESS: [&str; 5] = ["rule", "fingerprint", "reason", "until", "path"];

/// Digits of a fingerprint that are enough to tell it.
const SHORTEST_FINGERPRINT: usize = 8;

/// Reads a settings file; `name` is its path, for messages.
///
/// # Errors
/// Where it has a mistake; the error names file, line and cure.
pub fn parse(name: &str, content: &str) -> Result<Settings, SettingsError> {
    let mut reader = Reader { content, mistakes: Vec::new() };
    let mut settings = match DeTable::parse(content) {
        Ok(table) => reader.settings(table.get_ref()),
        Err(e) => {
            let at = e.span().map_or(0, |s| s.start);
            let what = e.message().replace('\n', " ");
            reader.mistake(at, format!("{what}; this is no TOML: texts and ids of rules stand in double quotes"));
            Settings::default()
        }
    };
    reader.mistakes.sort();
    match reader.mistakes.split_first() {
        None => {
            settings.name = name.to_owned();
            Ok(settings)
        }
        Some(((line, what), rest)) => {
            let more = match rest.len() {
                0 => String::new(),
                n => format!(" ({n} more {} below)", if n == 1 { "mistake" } else { "mistakes" }),
            };
            Err(SettingsError(format!("{name}:{line}: {what}{more}")))
        }
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    content: &'a str,
    /// Line and words of each.
    mistakes: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.content.as_bytes()[..at.min(self.content.len())].iter().filter(|b| **b == b'\n').count() + 1
    }

    fn mistake(&mut self, at: usize, what: String) {
        let line = self.line(at);
        self.mistakes.push((line, what));
    }

    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        self.keys(table, "", &TOP);
        let mut levels = Vec::new();
        if let Some(rules) = self.table(table, "rules") {
            levels.push(Levels { paths: Vec::new(), rules: self.levels(rules) });
        }
        for (at, paths) in self.tables(table, "paths") {
            levels.extend(self.paths(at, paths));
        }
        Settings {
            name: String::new(),
            declaration: self.table(table, "controller").map(|t| self.controller(t)),
            as_of: self.as_of(table),
            fail_on: self.fail_on(table),
            dictionaries: self.text(table, "dictionaries"),
            baseline: self.text(table, "baseline"),
            levels,
            suppressions: {
                let entries = self.tables(table, "suppress");
                entries.into_iter().filter_map(|(at, t)| self.suppression(at, t)).collect()
            },
        }
    }

    /// Every key must be known.
    fn keys(&mut self, table: &DeTable<'_>, place: &str, known: &[&str]) {
        for key in table.keys().filter(|k| !known.contains(&k.get_ref().as_ref())) {
            let name = key.get_ref();
            let near = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean '{near}'?"),
                None => format!("there are: {}", known.join(", ")),
            };
            self.mistake(key.span().start, format!("unknown key '{name}'{place}; {near}"));
        }
    }

    fn wrong(&mut self, value: &Value<'_>, key: &str, wanted: &str) {
        let what = format!("'{key}' is {}; {wanted}", found(value.get_ref()));
        self.mistake(value.span().start, what);
    }

    /// A text that is not empty.
    fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        match value.get_ref().as_str().map(str::trim) {
            Some("") => self.wrong(value, key, "write something, or take the line out"),
            Some(text) => return Some(text.to_owned()),
            None => self.wrong(value, key, "write a text in double quotes"),
        }
        None
    }

    /// A list of texts; one text is a list of one.
    fn texts<'t>(&mut self, table: &'t DeTable<'t>, key: &str) -> Option<Vec<(usize, &'t str)>> {
        let value = table.get(key)?;
        let values: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut out = Vec::new();
        for value in values {
            match value.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => out.push((value.span().start, text)),
                _ => self.wrong(value, key, "write texts in double quotes, such as [\"…\", \"…\"]"),
            }
        }
        Some(out)
    }

    fn table<'t>(&mut self, table: &'t DeTable<'t>, key: &str) -> Option<&'t DeTable<'t>> {
        let value = table.get(key)?;
        let inner = value.get_ref().as_table();
        if inner.is_none() {
            self.wrong(value, key, &format!("write [{key}] on a line of its own and the keys below it"));
        }
        inner
    }

    /// The tables of a list, each with the byte it begins at.
    fn tables<'t>(&mut self, table: &'t DeTable<'t>, key: &str) -> Vec<(usize, &'t DeTable<'t>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(value, key, &format!("write [[{key}]], in double brackets, above each entry"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for entry in list.iter() {
            match entry.get_ref().as_table() {
                Some(inner) => out.push((entry.span().start, inner)),
                None => self.wrong(entry, key, &format!("write [[{key}]], in double brackets, above each entry")),
            }
        }
        out
    }

    fn day(&mut self, table: &DeTable<'_>, key: &str) -> Option<Day> {
        let value = table.get(key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(day) => day.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let day = Some(&written).filter(|w| w.len() == 10).and_then(|w| w.parse().ok());
        if day.is_none() {
            self.wrong(value, key, "write a day of the calendar as year-month-day, such as 2027-03-01");
        }
        day
    }

    fn as_of(&mut self, table: &DeTable<'_>) -> Option<AsOfSetting> {
        match table.get("as-of")?.get_ref().as_str() {
            Some("reviewed") => Some(AsOfSetting::Reviewed),
            Some(word) if word.starts_with(|c: char| c.is_alphabetic()) => {
                let at = table.get("as-of").map_or(0, |v| v.span().start);
                let what = format!("'as-of' is \"{word}\"; write a day such as 2026-11-22, or \"reviewed\"");
                self.mistake(at, what);
                None
            }
            _ => self.day(table, "as-of").map(AsOfSetting::Day),
        }
    }

    fn fail_on(&mut self, table: &DeTable<'_>) -> Option<Option<Severity>> {
        let value = table.get("fail-on")?;
        self.one_of(value, "fail-on", "never")
    }

    /// A severity, or the word that stands for none.
    fn one_of(&mut self, value: &Value<'_>, key: &str, none: &str) -> Option<Option<Severity>> {
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        let word = value.get_ref().as_str().unwrap_or_default();
        if word == none {
            return Some(None);
        }
        let severity = all.into_iter().find(|s| s.name() == word);
        if severity.is_none() {
            let names = all.map(Severity::name).into_iter().chain([none]);
            let near = nearest(word, names).map(|n| format!("did you mean \"{n}\"?"));
            let near = near.unwrap_or_else(|| format!("write \"error\", \"warning\", \"info\" or \"{none}\""));
            self.wrong(value, key, &near);
        }
        severity.map(Some)
    }

    fn controller(&mut self, table: &DeTable<'_>) -> Declaration {
        self.keys(table, " under [controller]", &CONTROLLER);
        let number = self.text(table, "ico-registration").map(|n| n.replace(' ', "").to_uppercase());
        if let (Some(number), Some(value)) = (&number, table.get("ico-registration"))
            && !is_registration_number(number)
        {
            self.wrong(
                value,
                "ico-registration",
                "a registration number is Z with seven digits, or ZA, ZB or ZC with six",
            );
        }
        Declaration {
            name: self.text(table, "name"),
            ods: self.text(table, "ods"),
            ico_registration: number,
            dpo: self.text(table, "dpo"),
            caldicott_guardian: self.text(table, "caldicott-guardian"),
            siro: self.text(table, "siro"),
            processors: self
                .texts(table, "processors")
                .map(|list| list.into_iter().map(|(_, name)| name.to_owned()).collect()),
        }
    }

    fn levels(&mut self, table: &DeTable<'_>) -> Vec<(String, Option<Severity>)> {
        let mut out = Vec::new();
        for (key, value) in table.iter() {
            let rule = key.get_ref().to_string();
            let known = self.rule(key.span().start, &rule, true);
            if let (true, Some(level)) = (known, self.one_of(value, &rule, "off")) {
                out.push((rule, level));
            }
        }
        // A family comes before its rules, so that what is said of one rule counts.
        out.sort_by_key(|(rule, _)| !rule.ends_with("/*"));
        out
    }

    /// Whether there is such a rule, or such a family where `families` may be named.
    fn rule(&mut self, at: usize, id: &str, families: bool) -> bool {
        let in_family = |family: &str| rules::all().any(|r| r.id.split('/').next() == Some(family));
        if rules::by_id(id).is_some() || families && id.strip_suffix("/*").is_some_and(in_family) {
            return true;
        }
        let near = nearest(id, rules::all().map(|r| r.id)).map(|n| format!("did you mean \"{n}\"? "));
        let what = format!("there is no rule \"{id}\"; {}`fairnotice rules` lists them all", near.unwrap_or_default());
        self.mistake(at, what);
        false
    }

    fn paths(&mut self, at: usize, table: &DeTable<'_>) -> Option<Levels> {
        self.keys(table, " under [[paths]]", &PATHS);
        for key in PATHS.iter().filter(|k| !table.contains_key(**k)) {
            self.mistake(
                at,
                format!("this [[paths]] gives no '{key}'; write match = [\"archive/**\"] and rules = {{ … }}"),
            );
        }
        let rules = self.table(table, "rules").map(|t| self.levels(t))?;
        let patterns = self.texts(table, "match").unwrap_or_default();
        let paths = patterns.into_iter().filter_map(|(at, pattern)| self.glob(at, pattern)).collect::<Vec<_>>();
        (!paths.is_empty()).then_some(Levels { paths, rules })
    }

    fn glob(&mut self, at: usize, pattern: &str) -> Option<Glob> {
        Glob::new(pattern).map_err(|what| self.mistake(at, what)).ok()
    }

    fn suppression(&mut self, at: usize, table: &DeTable<'_>) -> Option<Suppression> {
        self.keys(table, " under [[suppress]]", &SUPPRESS);
        for key in ["rule", "fingerprint", "reason"] {
            if !table.contains_key(key) {
                self.mistake(
                    at,
                    format!("this [[suppress]] gives no '{key}'; rule, fingerprint and reason are required"),
                );
            }
        }
        let rule = self.text(table, "rule")?;
        if let Some(value) = table.get("rule") {
            self.rule(value.span().start, &rule, false);
        }
        let fingerprint = self.text(table, "fingerprint")?.to_lowercase();
        if fingerprint.len() < SHORTEST_FINGERPRINT || !fingerprint.bytes().all(|b| b.is_ascii_hexdigit()) {
            let value = table.get("fingerprint")?;
            self.wrong(
                value,
                "fingerprint",
                "copy it from `fairnotice check --format json`: at least its first 8 digits",
            );
        }
        let path = table.get("path").map(|v| v.span().start);
        Some(Suppression {
            rule,
            fingerprint,
            reason: self.text(table, "reason")?,
            until: self.day(table, "until"),
            path: self.text(table, "path").and_then(|p| self.glob(path.unwrap_or(at), &p)),
            line: self.line(at),
        })
    }
}

/// What stands there, for a message.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(day) => day.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
        DeValue::Float(_) => "a number".to_owned(),
    }
}
