//! Word documents (Office Open XML).
//!
//! In come the bytes of a file; out come its paragraphs, lists and tables as its author sees them with all tracked changes
//! accepted; then its footnotes; then what stands at the head and foot of its pages. It never runs macros, follows links
//! or shows what is hidden or was deleted.

mod body;
mod fields;
mod styles;

use super::archive::Archive;
use super::paragraphs::Paragraphs;
use super::xml::{Node, walk, words_of};
use super::{Format, Unreadable};
use crate::model::{Problem, Text};
use body::Body;
use std::collections::{BTreeMap, HashSet};
use styles::Styles;

pub(super) static FORMAT: Format = Format {
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extensions: &["docx", "docm"],
    has_lines: false,
    recognise: |bytes, _| Archive::open(bytes).is_some_and(|mut archive| main_part(&mut archive).is_some()),
    read: |bytes, _| read(bytes),
    wordless: "the document holds no words (it may be a picture of a text); save the notice with its words",
};

/// Addresses and names of parts by their number within one part of the file.
type Relations = BTreeMap<String, (String, String)>;

fn read(bytes: &[u8]) -> Result<Text, Unreadable> {
    let damaged = || Unreadable("the file is damaged (it has no document in it); save it again".to_owned());
    let mut archive = Archive::open(bytes).ok_or_else(damaged)?;
    let main = main_part(&mut archive).ok_or_else(damaged)?;
    let document = archive.member(&main)?.ok_or_else(damaged)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = relations(&mut archive, &format!("{folder}/_rels/{file}.rels"))?;
    let mut part = |kind: &str| -> Result<Vec<String>, Unreadable> {
        let names = relations.values().filter(|(k, _)| k == kind).map(|(_, target)| within(folder, target));
        let names: Vec<String> = names.collect();
        names.iter().filter_map(|name| archive.member(name).transpose()).collect()
    };
    let styles = Styles::read(&part("styles")?.concat(), &part("numbering")?.concat());
    let links = relations.iter().filter(|(_, (kind, _))| kind == "hyperlink");
    let links: BTreeMap<&str, &str> = links.map(|(id, (_, target))| (id.as_str(), target.as_str())).collect();
    let mut out = Paragraphs::default();
    let whole = walk(&document, Body::new(&mut out, &styles, &links, None).visitor());
    let embeds = document.contains(":altChunk ");
    drop(document);
    for notes in [part("footnotes")?, part("endnotes")?].concat() {
        walk(&notes, Body::new(&mut out, &styles, &links, None).visitor());
    }
    let mut seen = HashSet::new();
    for running in [part("header")?, part("footer")?].concat() {
        walk(&running, Body::new(&mut out, &styles, &links, Some(&mut seen)).visitor());
    }
    let mut text = out.into_text();
    text.language = styles.language().map(str::to_owned);
    text.title = archive.member("docProps/core.xml")?.and_then(|properties| words_of(&properties, "title"));
    if embeds {
        let message = "a part of the document is embedded in another form, which is not read; open the document in Word and save it again";
        if text.blocks.is_empty() {
            return Err(Unreadable(message.to_owned()));
        }
        text.add_problem(Problem { message: message.to_owned(), line: None, page: None });
    }
    if !whole {
        let message = "the document breaks off; what follows was not read: save it again".to_owned();
        text.add_problem(Problem { message, line: None, page: None });
    }
    Ok(text)
}

/// The name of the part that holds the document itself.
fn main_part(archive: &mut Archive<'_>) -> Option<String> {
    let relations = relations(archive, "_rels/.rels").ok()?;
    let (_, target) = relations.into_values().find(|(kind, _)| kind == "officeDocument")?;
    Some(target.trim_start_matches('/').to_owned()).filter(|name| name.starts_with("word/"))
}

/// What a part of the file refers to: kind and target by number.
fn relations(archive: &mut Archive<'_>, name: &str) -> Result<Relations, Unreadable> {
    let mut out = Relations::new();
    walk(&archive.member(name)?.unwrap_or_default(), |node| {
        if let Node::Open(tag) = node
            && tag.name() == "Relationship"
        {
            let kind = tag.attribute("Type");
            let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
            out.insert(tag.attribute("Id"), (kind, tag.attribute("Target")));
        }
    });
    Ok(out)
}

fn within(folder: &str, target: &str) -> String {
    target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned)
}
