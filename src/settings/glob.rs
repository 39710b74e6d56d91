//! Patterns over paths, as people know them from `.gitignore`.
//!
//! In comes a pattern and a path with forward slashes, relative to the settings file. `*` and `?` stay within one name, `**`
//! crosses folders, `{a,b}` is a choice. A pattern without a slash is a name at any depth; one that matches a folder
//! matches everything in it.

use regex::Regex;

/// One pattern.
#[derive(Clone, Debug)]
pub struct Glob(Regex);

impl Glob {
    /// Reads a pattern; the error says in plain words what is wrong with it.
    ///
    /// # Errors
    /// Where a bracket is left open or the pattern is empty.
    pub fn new(pattern: &str) -> Result<Glob, String> {
        let trimmed = pattern.trim().trim_start_matches("./").trim_end_matches('/');
        if trimmed.is_empty() {
            return Err("an empty pattern matches nothing; write a path such as \"archive/**\"".to_owned());
        }
        let mut out = String::from("^");
        if !trimmed.contains('/') {
            out.push_str("(?:.*/)?");
        }
        let mut rest = trimmed.trim_start_matches('/');
        let mut choices = 0;
        while let Some(c) = rest.chars().next() {
            let (piece, length) = match c {
                '*' if rest.starts_with("**/") => ("(?:.*/)?".to_owned(), 3),
                '*' if rest.starts_with("**") => (".*".to_owned(), 2),
                '*' => ("[^/]*".to_owned(), 1),
                '?' => ("[^/]".to_owned(), 1),
                '{' => {
                    choices += 1;
                    ("(?:".to_owned(), 1)
                }
                '}' if choices > 0 => {
                    choices -= 1;
                    (")".to_owned(), 1)
                }
                ',' if choices > 0 => ("|".to_owned(), 1),
                c => (regex::escape(&c.to_string()), c.len_utf8()),
            };
            out.push_str(&piece);
            rest = &rest[length..];
        }
        out.push_str("(?:/.*)?$");
        if choices > 0 {
            return Err(format!("\"{pattern}\": a {{ is not closed; write }} behind the choices"));
        }
        Regex::new(&out).map(Glob).map_err(|_| format!("\"{pattern}\" is too long a pattern; write several"))
    }

    /// Whether a path matches.
    pub fn matches(&self, path: &str) -> bool {
        self.0.is_match(path.trim_start_matches("./"))
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::new(pattern).expect("a pattern").matches(path)
    }

    #[test]
    fn names_folders_and_choices() {
        for (pattern, path) in [
            ("*.txt", "a/b/c.txt"),
            ("archive", "archive/2018/notice.html"),
            ("archive/", "old/archive/notice.html"),
            ("notices/**/ccg-*.html", "notices/ccg-a.html"),
            ("notices/**/ccg-*.html", "notices/x/y/ccg-a.html"),
            ("archive/**", "archive/a.txt"),
            ("/notice.{html,txt}", "notice.txt"),
            ("a?c.txt", "abc.txt"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("*.txt", "a.html"),
            ("notices/*.html", "notices/x/a.html"),
            ("archive/**", "old/archive/a.txt"),
            ("a.b", "axb"),
            ("archive", "archives/a.txt"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
        assert!(Glob::new("a{b,c").is_err() && Glob::new(" ").is_err());
    }
}
