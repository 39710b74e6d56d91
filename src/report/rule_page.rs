//! A rule's page: the Markdown of its doc comment, taken apart, for terminals and files.

use super::Look;
use super::terminal::{BOLD, CYAN, DIM, paint, wrap};
use crate::rules::Rule;
use std::fmt::Write as _;

/// The page of a rule.
pub struct RulePage {
    rule: &'static Rule,
    /// Heading and paragraphs, in order.
    sections: Vec<(String, Vec<String>)>,
}

impl RulePage {
    /// Takes a rule's doc comment apart.
    pub fn of(rule: &'static Rule) -> RulePage {
        let mut sections: Vec<(String, Vec<String>)> = Vec::new();
        let mut open = false;
        for line in rule.docs.lines().map(str::trim) {
            if let Some(heading) = line.strip_prefix("## ") {
                sections.push((heading.to_owned(), Vec::new()));
                open = false;
                continue;
            }
            if sections.is_empty() {
                sections.push((String::new(), Vec::new()));
            }
            let Some((_, paragraphs)) = sections.last_mut() else { continue };
            let item = line.starts_with("- ");
            match paragraphs.last_mut() {
                _ if line.is_empty() => open = false,
                Some(paragraph) if open && !item => {
                    paragraph.push(' ');
                    paragraph.push_str(line);
                }
                _ => {
                    paragraphs.push(line.to_owned());
                    open = true;
                }
            }
        }
        RulePage { rule, sections }
    }

    /// The first sentence under a heading.
    pub fn first_sentence(&self, heading: &str) -> Option<&str> {
        let (_, paragraphs) = self.sections.iter().find(|(h, _)| h == heading)?;
        paragraphs.first().map(|p| first_sentence(p))
    }

    /// What the rule finds, in a sentence.
    pub fn summary(&self) -> &str {
        self.first_sentence("What it finds").unwrap_or("")
    }

    /// Why that matters, in a sentence.
    pub fn why(&self) -> Option<&str> {
        self.first_sentence("Why it matters")
    }

    /// The page as it reads on a terminal.
    pub fn terminal(&self, look: &Look) -> String {
        let mut out = String::new();
        let rule = self.rule;
        let _ = writeln!(out, "{}", paint(look.color, BOLD, rule.id));
        wrap(&mut out, &self.standing(), look.width, "  ", "  ");
        for (heading, paragraphs) in &self.sections {
            let _ = writeln!(out, "\n{}", paint(look.color, CYAN, heading));
            for (at, paragraph) in paragraphs.iter().enumerate() {
                if at > 0 && !paragraph.starts_with("- ") {
                    out.push('\n');
                }
                let rest = if paragraph.starts_with("- ") { "    " } else { "  " };
                wrap(&mut out, &plain(paragraph), look.width, "  ", rest);
            }
        }
        let _ = writeln!(out, "\n{}", paint(look.color, CYAN, "Sources"));
        for reference in rule.references {
            wrap(&mut out, reference.title, look.width, "  - ", "    ");
            let _ = writeln!(out, "    {}", paint(look.color, DIM, reference.url));
        }
        out
    }

    /// The page as plain text, for readers that know no Markdown and wrap lines themselves.
    pub fn text(&self) -> String {
        self.terminal(&Look { width: usize::MAX, color: false, quiet: false })
    }

    /// The page in Markdown, its headings below `level` number signs.
    pub fn markdown(&self, level: usize) -> String {
        let rule = self.rule;
        let signs = "#".repeat(level);
        let mut out = format!("{signs} `{}`\n\n{}\n", rule.id, self.standing());
        for (heading, paragraphs) in &self.sections {
            let _ = writeln!(out, "\n{signs}# {heading}");
            for paragraph in paragraphs {
                let _ = writeln!(out, "\n{paragraph}");
            }
        }
        let _ = writeln!(out, "\n{signs}# Sources\n");
        for reference in rule.references {
            let _ = writeln!(out, "- [{}]({})", reference.title, reference.url);
        }
        out.replace("\n\n- ", "\n- ").replace(" Sources\n- ", " Sources\n\n- ")
    }

    /// How grave a breach is and since when.
    fn standing(&self) -> String {
        let since = self.rule.since.map(|day| format!("; judged from {day} on")).unwrap_or_default();
        format!("Severity: {}{since}.", self.rule.severity.name())
    }
}

/// Markdown's signs for code and stress say nothing on a terminal.
fn plain(paragraph: &str) -> String {
    paragraph.replace("**", "").replace('`', "")
}

/// The first sentence of a paragraph. A full stop after an abbreviation ends none.
fn first_sentence(paragraph: &str) -> &str {
    const ABBREVIATIONS: [&str; 10] = ["Art", "Arts", "No", "para", "paras", "reg", "s", "e.g", "i.e", "Sch"];
    for (at, _) in paragraph.match_indices(". ") {
        let last = paragraph[..at].rsplit([' ', '(']).next().unwrap_or("");
        let next = paragraph[at + 2..].chars().next();
        if !ABBREVIATIONS.contains(&last) && next.is_some_and(|c| !c.is_lowercase()) {
            return &paragraph[..=at];
        }
    }
    paragraph
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_full_stop_that_ends_it() {
        assert_eq!(first_sentence("See Art. 13 of it. Then more."), "See Art. 13 of it.");
        assert_eq!(first_sentence("One only"), "One only");
    }
}
