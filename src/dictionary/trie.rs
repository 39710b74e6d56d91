// The phrases of a dictionary as a tree of words. Shared by the build script, which lays the shipped dictionary out as
// static data so that nothing is built at start, and by the program, which builds one for users' dictionaries.
//
// An automaton over ten thousand phrases takes longer to build than a whole notice takes to read; this takes nothing.

use super::folding::{hash, words_of};
use std::collections::BTreeMap;

/// One phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Number of its term.
    pub term: u16,
    /// The folded phrase.
    pub folded: String,
    /// The phrase as written, where capitals count.
    pub exact: Option<String>,
}

/// The tree as flat lists; `P` is how a phrase is held.
#[derive(Debug, Default)]
pub struct Tables {
    /// Hash table of words: number of the word plus one, or 0.
    pub slots: Vec<u32>,
    /// All words.
    pub words: Vec<String>,
    /// For each word, the node it leads to from the root plus one, or 0.
    pub roots: Vec<u32>,
    /// For each node: its children and the phrases that end there, as ranges of the lists below.
    pub nodes: Vec<[u32; 4]>,
    /// (word, node), sorted by word within a node.
    pub children: Vec<[u32; 2]>,
    /// Numbers of phrases.
    pub ends: Vec<u32>,
    /// All phrases.
    pub phrases: Vec<Phrase>,
}

#[derive(Default)]
struct Node {
    children: BTreeMap<u32, Node>,
    ends: Vec<u32>,
}

impl Tables {
    /// Lays phrases out; those without a single word are left out.
    pub fn new(phrases: Vec<Phrase>) -> Tables {
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        let mut root = Node::default();
        for (number, phrase) in phrases.iter().enumerate() {
            let mut node = &mut root;
            for (start, end) in words_of(&phrase.folded) {
                let word = &phrase.folded[start as usize..end as usize];
                let next = words.len() as u32;
                // A phrase also matches with a plural or possessive s behind it: "caldicott guardian" in "guardians".
                let id = *words.entry(word.to_owned()).or_insert(next);
                node = node.children.entry(id).or_default();
            }
            if !words_of(&phrase.folded).is_empty() {
                node.ends.push(number as u32);
            }
        }
        let mut tables = Tables { roots: vec![0; words.len()], phrases, ..Tables::default() };
        let mut by_id: Vec<(u32, String)> = words.into_iter().map(|(w, id)| (id, w)).collect();
        by_id.sort();
        tables.words = by_id.into_iter().map(|(_, w)| w).collect();
        tables.slots = slots(&tables.words);
        for (word, child) in root.children {
            tables.roots[word as usize] = tables.place(child) + 1;
        }
        tables
    }

    fn place(&mut self, node: Node) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push([0; 4]);
        let ends = self.ends.len() as u32;
        self.ends.extend(&node.ends);
        let children: Vec<[u32; 2]> =
            node.children.into_iter().map(|(word, child)| [word, self.place(child)]).collect();
        let first = self.children.len() as u32;
        self.children.extend(&children);
        self.nodes[number as usize] = [first, self.children.len() as u32, ends, ends + node.ends.len() as u32];
        number
    }
}

fn slots(words: &[String]) -> Vec<u32> {
    let size = (words.len() * 2).next_power_of_two().max(2);
    let mut slots = vec![0; size];
    for (number, word) in words.iter().enumerate() {
        let mut at = hash(word) as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = number as u32 + 1;
    }
    slots
}

/// The phrases of one term that are looked for, folded with `fold`.
pub fn phrases_of(
    term: u16,
    family: &str,
    kind: &str,
    plain: &[&str],
    exact: &[&str],
    fold: impl Fn(&str) -> String,
) -> Vec<Phrase> {
    if family == "commissioners" && kind != "form" {
        return Vec::new();
    }
    let mut out = Vec::new();
    for phrase in plain {
        let folded = fold(phrase);
        let variants = if family == "legislation" { title_variants(&folded) } else { Vec::new() };
        out.extend(variants.into_iter().chain([folded]).map(|folded| Phrase { term, folded, exact: None }));
    }
    out.extend(exact.iter().map(|phrase| Phrase { term, folded: fold(phrase), exact: Some((*phrase).to_owned()) }));
    out
}

/// How else a title is written: its year in brackets or behind a comma, its brackets square.
fn title_variants(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    let year =
        title.len().checked_sub(4).and_then(|at| title.get(at..)).filter(|y| y.bytes().all(|b| b.is_ascii_digit()));
    if let Some(stem) = year.and_then(|y| title.strip_suffix(y)).map(str::trim_end) {
        out.extend(year.map(|y| format!("{stem} ({y})")));
        out.extend(year.map(|y| format!("{stem}, {y}")));
    }
    if title.contains('(') {
        let square: Vec<String> = out.iter().map(String::as_str).chain([title]).map(square_brackets).collect();
        out.extend(square);
    }
    out
}

/// The same title with square brackets where it has round ones, but for those around its year.
fn square_brackets(title: &str) -> String {
    let year =
        title.rfind(" (").filter(|at| title[at + 2..].starts_with(|c: char| c.is_ascii_digit())).unwrap_or(title.len());
    let (name, year) = title.split_at(year);
    format!("{}{year}", name.replace('(', "[").replace(')', "]"))
}
