//! Word documents as Word, Google Docs and Pages write them: what belongs to the notice is read, the rest is not. The documents
//! are written here by hand, from the rules of Office Open XML.

use fairnotice::document;
use fairnotice::model::{BlockKind, Reading, Text};
use std::io::Write;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document of some parts: name in the folder `word`, kind of relation, words. The first is the document itself.
fn docx(parts: &[(&str, &str, &str)]) -> Text {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let mut part = |name: &str, content: &str| {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("an archive in memory can be written");
        archive.write_all(content.as_bytes()).expect("an archive in memory can be written");
    };
    let relations = |all: &str| format!("<Relationships>{all}</Relationships>");
    let document = format!("<Relationship Id=\"r\" Type=\"{RELATION}/officeDocument\" Target=\"word/document.xml\"/>");
    part("_rels/.rels", &relations(&document));
    let mut of_document =
        format!("<Relationship Id=\"web\" Type=\"{RELATION}/hyperlink\" Target=\"https://ico.org.uk\"/>");
    for (name, kind, words) in parts {
        let root = "xmlns:w=\"w\" xmlns:r=\"r\" xmlns:mc=\"mc\"";
        part(&format!("word/{name}"), &format!("<w:{kind} {root}>{words}</w:{kind}>"));
        of_document += &format!("<Relationship Id=\"{name}\" Type=\"{RELATION}/{kind}\" Target=\"{name}\"/>");
    }
    part("word/_rels/document.xml.rels", &relations(&of_document));
    archive.finish().expect("an archive in memory can be written");
    document::read(&bytes.into_inner(), "notice.docx").unwrap_or_else(|why| panic!("{}", why.0)).text
}

/// What is read of the body of a document, a block a line: `#` a heading, `*` an item, `|` a cell, `~` what is no part of it.
fn read(body: &str) -> String {
    told(&docx(&[("document.xml", "document", &format!("<w:body>{body}</w:body>"))]))
}

fn told(text: &Text) -> String {
    let block = |block: &fairnotice::model::Block| {
        let mark = match block.kind {
            _ if block.furniture => "~ ".to_owned(),
            BlockKind::Heading(level) => "#".repeat(usize::from(level)) + " ",
            BlockKind::Item(_) => "* ".to_owned(),
            _ if block.cell.is_some() => "| ".to_owned(),
            _ => String::new(),
        };
        format!("{mark}{}\n", text.quote(block.span))
    };
    text.blocks.iter().map(block).collect()
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn field(instruction: &str, words: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r><w:instrText> {instruction} </w:instrText></w:r>{}<w:r><w:t>{words}</w:t></w:r>{}",
        mark("begin"),
        mark("separate"),
        mark("end")
    )
}

#[test]
fn what_stands_in_other_elements_is_read_once() {
    for (body, want) in [
        // A content control, with what it is called and what its list offers.
        (
            format!(
                "<w:sdt><w:sdtPr><w:alias w:val=\"Name\"/><w:dropDownList><w:listItem w:displayText=\"No\"/></w:dropDownList></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                paragraph("Who we are")
            ),
            "Who we are\n",
        ),
        (
            "<w:p><w:smartTag w:element=\"place\"><w:smartTagPr><w:attr w:name=\"x\" w:val=\"y\"/></w:smartTagPr><w:r><w:t>Stenbridge</w:t></w:r></w:smartTag><w:r><w:t>, WL3</w:t></w:r></w:p>".to_owned(),
            "Stenbridge, WL3\n",
        ),
        // A drawing has two renderings, and its text box stands in the paragraph.
        (
            format!(
                "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{0}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Beside it</w:t></w:r></w:p>",
                paragraph("In a box")
            ),
            "In a box\nBeside it\n",
        ),
        // All changes are taken as accepted.
        (
            "<w:p><w:moveFrom w:id=\"1\"><w:r><w:t>Moved. </w:t></w:r></w:moveFrom><w:ins w:id=\"2\"><w:r><w:t>New. </w:t></w:r></w:ins><w:del w:id=\"3\"><w:r><w:delText>Old. </w:delText></w:r></w:del><w:moveTo w:id=\"4\"><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>".to_owned(),
            "New. Moved.\n",
        ),
        // How it looked before a change of its form is the past.
        (
            "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/><w:pPrChange w:id=\"1\"><w:pPr><w:outlineLvl w:val=\"4\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange w:id=\"2\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Your rights</w:t></w:r></w:p>".to_owned(),
            "## Your rights\n",
        ),
        (
            format!(
                "<w:tbl><w:tr><w:tc>{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
                paragraph("Basis"),
                paragraph("Article 6"),
                paragraph("official authority"),
                paragraph("and more"),
                paragraph("Kept for")
            ),
            "| Basis\n| Article 6\n| official authority\n| and more\n| Kept for\n",
        ),
        // Bullets of the faces of signs.
        (
            "<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:t> your name</w:t></w:r></w:p><w:p><w:r><w:t>Ring</w:t><w:sym w:font=\"Wingdings\" w:char=\"F028\"/><w:t>01632 960110</w:t></w:r></w:p>".to_owned(),
            "* your name\nRing 01632 960110\n",
        ),
        // A comment is no part of the notice, nor are the marks of where it stands.
        (
            "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>We keep it.</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>".to_owned(),
            "We keep it.\n",
        ),
    ] {
        assert_eq!(read(&body), want, "{body}");
    }
}

#[test]
fn fields_are_links_and_contents_lists() {
    let body = [
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Links</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id=\"web\"><w:r><w:t>the ICO</w:t></w:r></w:hyperlink></w:p>",
        &format!("<w:p>{}</w:p>", field("HYPERLINK \"mailto:dpo@wealdshire.example\"", "our officer")),
        "<w:p><w:fldSimple w:instr=\" HYPERLINK &quot;https://nhs.uk&quot; \"><w:r><w:t>the NHS</w:t></w:r></w:fldSimple></w:p>",
        &format!("<w:p>{}</w:p>", field("HYPERLINK \\l \"rights\"", "below")),
        &format!("<w:p><w:r><w:t>Page </w:t></w:r>{}</w:p>", field("PAGE \\* MERGEFORMAT", "3")),
    ]
    .concat();
    let text = docx(&[("document.xml", "document", &format!("<w:body>{body}</w:body>"))]);
    assert_eq!(told(&text), "# Links\nSee the ICO\nour officer\nthe NHS\nbelow\nPage 3\n");
    let links: Vec<_> = text.links.iter().map(|l| (text.quote(l.span), l.href.as_str())).collect();
    assert_eq!(
        links,
        [
            ("the ICO", "https://ico.org.uk"),
            ("our officer", "mailto:dpo@wealdshire.example"),
            ("the NHS", "https://nhs.uk")
        ]
    );
    // Google Docs gives the entries of a contents list no style of their own.
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let entry =
        |words: &str| format!("{}<w:r><w:tab/></w:r>{}", field("HYPERLINK \\l \"a\"", words), field("PAGEREF a", "2"));
    let contents = format!(
        "<w:p>{}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{}{}</w:p><w:p>{}{}</w:p>{}",
        mark("begin"),
        mark("separate"),
        entry("Who we are"),
        entry("Your rights"),
        mark("end"),
        paragraph("Who we are")
    );
    assert_eq!(read(&contents), "~ Who we are 2\n~ Your rights 2\nWho we are\n");
}

#[test]
fn headings_are_known_by_their_level_whatever_their_style_is_called() {
    let style = |id: &str, name: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>")
    };
    let level = |n: u8| format!("<w:pPr><w:outlineLvl w:val=\"{n}\"/></w:pPr>");
    let styles = [
        style("Heading1", "heading 1", ""),
        style("berschrift2", "Überschrift zwei", &level(1)),
        style("Trust", "Trust heading", "<w:basedOn w:val=\"berschrift2\"/>"),
        style("Blue", "heading blue", &level(2)),
        style("Text", "Text in blue", &format!("<w:basedOn w:val=\"Blue\"/>{}", level(9))),
    ]
    .concat();
    let body = ["Heading1", "berschrift2", "Trust", "Blue", "Text"]
        .map(|id| format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r><w:t>{id}</w:t></w:r></w:p>"));
    let note = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id=\"1\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>";
    let text = docx(&[
        ("document.xml", "document", &format!("<w:body>{}</w:body>", body.concat())),
        ("styles.xml", "styles", &styles),
        ("comments.xml", "comments", &paragraph("Do we still do this?")),
        ("footnotes.xml", "footnotes", note),
        ("header1.xml", "header", &paragraph("NHS Wealdshire ICB")),
        ("footer1.xml", "footer", &paragraph("Version 3, reviewed June 2026")),
    ]);
    assert_eq!(
        told(&text),
        "# Heading1\n## berschrift2\n## Trust\n### Blue\nText\nA note.\n~ NHS Wealdshire ICB\nVersion 3, reviewed June 2026\n"
    );
}

#[test]
fn a_part_that_is_not_read_is_told() {
    let body = format!("<w:body>{}<w:altChunk r:id=\"web\"/></w:body>", paragraph("Privacy notice"));
    let text = docx(&[("document.xml", "document", &body)]);
    let told = matches!(&text.reading, Reading::Part(why) if why[0].message.contains("open the document in Word"));
    assert!(told, "{:?}", text.reading);
}
