//! A letter as a Word document (Office Open XML): headings, quotations and lists with styles of their own, so that it can be
//! put under a letterhead, edited and signed.
//!
//! The same letter gives the same bytes: parts stand in a fixed order with a fixed date. What a notice says goes in as text
//! alone; only the addresses of our own references become links.

use super::{CLOSING, COMPARED, CURE, Letter, Point, READ, WHY};
use crate::report::terminal::clean_lines;
use quick_xml::escape::escape;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const STYLES: &str = include_str!("styles.xml");

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The letter as a Word document.
pub(super) fn docx(letter: &Letter<'_>) -> io::Result<Vec<u8>> {
    let mut body = Body::default();
    body.letter(letter);
    let program = format!(
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>fairnotice {}</Application></Properties>"#,
        env!("CARGO_PKG_VERSION")
    );
    let core = format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"#,
        said(&letter.subject)
    );
    let parts = [
        // Stored as it is and first, so that whoever looks into the file sees what made it.
        ("docProps/app.xml", program, CompressionMethod::Stored),
        ("[Content_Types].xml", TYPES.to_owned(), CompressionMethod::Deflated),
        ("_rels/.rels", RELATIONS.to_owned(), CompressionMethod::Deflated),
        ("docProps/core.xml", core, CompressionMethod::Deflated),
        ("word/_rels/document.xml.rels", body.relations(), CompressionMethod::Deflated),
        ("word/document.xml", body.document(), CompressionMethod::Deflated),
        ("word/numbering.xml", NUMBERING.to_owned(), CompressionMethod::Deflated),
        ("word/styles.xml", STYLES.to_owned(), CompressionMethod::Deflated),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, method) in parts {
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        archive.start_file(name, options)?;
        archive.write_all(DECLARATION.as_bytes())?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Words as XML may hold them.
fn said(words: &str) -> String {
    let allowed: String = clean_lines(words).chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(allowed.as_str()).into_owned()
}

/// The paragraphs, and the addresses that their links lead to.
#[derive(Default)]
struct Body {
    paragraphs: String,
    links: Vec<&'static str>,
}

impl Body {
    fn letter(&mut self, letter: &Letter<'_>) {
        self.paragraph("Title", &run(&letter.subject, ""));
        self.paragraph("Normal", &run(&letter.to, ""));
        self.paragraph("Normal", &run(&letter.date, ""));
        self.paragraph("Normal", &run(&letter.opening, ""));
        self.paragraph("Normal", &run(READ, ""));
        for source in &letter.sources {
            self.paragraph("ListBullet", &run(source, ""));
        }
        for (heading, points) in &letter.parts {
            self.paragraph("Heading1", &run(heading, ""));
            points.iter().for_each(|point| self.point(point));
        }
        for words in letter.left_out.as_deref().into_iter().chain([CLOSING]) {
            self.paragraph("Normal", &run(words, ""));
        }
    }

    fn point(&mut self, point: &Point<'_>) {
        const LABEL: &str = "<w:i/>";
        self.paragraph("Heading2", &run(&point.heading, ""));
        for (passage, place) in &point.places {
            let marked = run(&passage.quote, "<w:b/>");
            self.paragraph("Quote", &(run(&passage.before, "") + &marked + &run(&passage.after, "")));
            self.paragraph("Place", &run(place, ""));
        }
        for side in &point.sides {
            self.paragraph("Normal", &run(&format!("{COMPARED} {side}"), ""));
        }
        if let Some(why) = &point.why {
            self.paragraph("Normal", &(run(&format!("{WHY} "), LABEL) + &run(why, "")));
        }
        self.paragraph("Normal", &(run(&format!("{CURE} "), LABEL) + &run(point.cure, "")));
        if let Some(since) = &point.since {
            self.paragraph("Normal", &run(since, ""));
        }
        for reference in point.references {
            self.links.push(reference.url);
            let words = run(reference.title, "<w:rStyle w:val=\"Hyperlink\"/>");
            let link = format!("<w:hyperlink r:id=\"l{}\">{words}</w:hyperlink>", self.links.len());
            self.paragraph("ListBullet", &link);
        }
    }

    fn paragraph(&mut self, style: &str, runs: &str) {
        let _ = write!(self.paragraphs, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
    }

    fn document(&self) -> String {
        format!(
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>"#,
            self.paragraphs
        )
    }

    fn relations(&self) -> String {
        const OF: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut out = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="{OF}/styles" Target="styles.xml"/><Relationship Id="n" Type="{OF}/numbering" Target="numbering.xml"/>"#
        );
        for (at, url) in self.links.iter().enumerate() {
            let (number, url) = (at + 1, escape(*url));
            let _ = write!(
                out,
                r#"<Relationship Id="l{number}" Type="{OF}/hyperlink" Target="{url}" TargetMode="External"/>"#
            );
        }
        out + "</Relationships>"
    }
}

/// Words with properties of their own; their line feeds become breaks.
fn run(words: &str, properties: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        said(words).split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{line}</w:t>")).collect();
    format!("<w:r><w:rPr>{properties}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}
