//! A PDF is put into the forms that the reader of its words understands.
//!
//! In come a document and one of its pages; the page leaves drawn in one stream that holds nothing but text and lines: what it
//! draws by way of other streams is written into it, with their place and their fonts; operators that the reader passes over
//! are written as those that they stand for; pictures, colours and looks are left out. Fonts leave with widths and encodings
//! that the reader knows. It never changes a word.

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Path, PathOp, Stream};
use std::collections::HashMap;

/// Streams drawn in streams deeper than this lead back to themselves.
const DEEPEST: usize = 12;

/// A page of more operations is a drawing.
const MOST_OPERATIONS: usize = 2_000_000;

/// Characters of a font beyond these have no width of their own.
const MOST_WIDTHS: i64 = 65_536;

/// The size of a page that gives none.
const A4: [i64; 4] = [0, 0, 595, 842];

/// The flag of a font's description that has it drawn bold.
const FORCED: i64 = 1 << 18;

/// Encodings that the reader knows.
const ENCODINGS: [&[u8]; 3] = [b"MacRomanEncoding", b"MacExpertEncoding", b"WinAnsiEncoding"];

/// The fourteen faces that every program knows begin so.
const CORE: [&[u8]; 5] = [b"Courier", b"Helvetica", b"Times-", b"Symbol", b"ZapfDingbats"];

/// Puts the fonts of a document into the forms that the reader knows.
pub fn fonts(document: &mut Document) {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        let Ok(font) = document.get_dictionary(id) else { continue };
        let mut mended = simple(document, font);
        mended.extend(widths(document, font).map(|widths| ("W", widths)));
        if let Ok(font) = document.get_dictionary_mut(id) {
            mended.into_iter().for_each(|(key, value)| font.set(key, value));
        }
    }
}

/// The widths of a font with numbered characters, each by itself: the reader takes ranges of one width wrong.
fn widths(document: &Document, font: &Dictionary) -> Option<Object> {
    let kind = font.get(b"Subtype").ok()?.as_name().ok()?;
    let all = value(document, font, b"W").filter(|_| kind.starts_with(b"CIDFont"))?.as_array().ok()?;
    let mut out = Vec::new();
    let mut left = MOST_WIDTHS;
    let mut at = 0;
    while let (Some(first), Some(second)) = (all.get(at), all.get(at + 1)) {
        let first = integer(document, first)?;
        let second = document.dereference(second).ok()?.1;
        let listed = match second {
            Object::Array(listed) => {
                at += 2;
                listed.iter().map(|w| number(document, w).map(Object::Real)).collect::<Option<Vec<_>>>()?
            }
            last => {
                let width = number(document, all.get(at + 2)?)?;
                let many = integer(document, last)?.checked_sub(first)?.checked_add(1)?.clamp(0, left);
                at += 3;
                vec![Object::Real(width); many as usize]
            }
        };
        left -= (listed.len() as i64).min(left);
        out.extend([Object::Integer(first), Object::Array(listed)]);
    }
    Some(Object::Array(out))
}

/// What is to be written otherwise in a font of single bytes.
fn simple(document: &Document, font: &Dictionary) -> Vec<(&'static str, Object)> {
    let mut out = Vec::new();
    let kind = font.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"");
    if !matches!(kind, b"Type1" | b"TrueType" | b"MMType1") {
        return out;
    }
    let unknown = |name: &Object| name.as_name().is_ok_and(|name| !ENCODINGS.contains(&name));
    let known = || Object::Name(b"WinAnsiEncoding".to_vec());
    match value(document, font, b"Encoding") {
        Some(name) if unknown(name) => out.push(("Encoding", known())),
        Some(Object::Dictionary(encoding)) if value(document, encoding, b"BaseEncoding").is_some_and(unknown) => {
            let mut encoding = encoding.clone();
            encoding.set("BaseEncoding", known());
            out.push(("Encoding", Object::Dictionary(encoding)));
        }
        _ => {}
    }
    let widths = value(document, font, b"Widths").and_then(|w| w.as_array().ok());
    let first = font.get(b"FirstChar").ok().and_then(|c| integer(document, c));
    if let (Some(widths), Some(first)) = (widths, first) {
        out.push(("LastChar", Object::Integer(first.saturating_add(widths.len() as i64) - 1)));
    } else {
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"");
        if !CORE.iter().any(|core| name.starts_with(core)) {
            out.push(("BaseFont", Object::Name(b"Helvetica".to_vec())));
        }
    }
    out
}

/// Puts a page into the forms that the reader knows; none where it is drawn in ways that cannot be followed, and stays as it is.
pub fn page(document: &mut Document, page: ObjectId) -> Option<ObjectId> {
    let mut drawing = Drawing {
        document,
        operations: Vec::new(),
        fonts: Dictionary::new(),
        weights: HashMap::new(),
        lent: 0,
        within: Vec::new(),
        type_of: Type::default(),
        told: false,
    };
    let resources = inherited(document, page, b"Resources").and_then(|r| r.as_dict().ok());
    let upright = upright(document, page);
    drawing.operation("cm", upright.iter().flat_map(|(matrix, _)| matrix).map(|n| Object::Real(*n)).collect());
    drawing.stream(&document.get_page_content(page).ok()?, resources)?;
    let Drawing { operations, fonts, .. } = drawing;
    let content = Content { operations }.encode().ok()?;
    let stream = document.add_object(Object::Stream(Stream::new(Dictionary::new(), content)));
    let mut resources = Dictionary::new();
    resources.set("Font", Object::Dictionary(fonts));
    let boxed = inherited(document, page, b"MediaBox").is_some();
    let page = document.get_dictionary_mut(page).ok()?;
    page.set("Contents", Object::Reference(stream));
    page.set("Resources", Object::Dictionary(resources));
    if let Some((_, [width, height])) = upright {
        page.set("MediaBox", vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)]);
        // They lie where they lay before, and would lead from other words.
        page.remove(b"Annots");
    } else if !boxed {
        page.set("MediaBox", A4.map(Object::Integer).to_vec());
    }
    Some(stream)
}

/// How a page that is shown turned is turned, and its width and height then.
fn upright(document: &Document, page: ObjectId) -> Option<([f32; 6], [f32; 2])> {
    let turned = integer(document, inherited(document, page, b"Rotate")?)?.rem_euclid(360);
    let media = inherited(document, page, b"MediaBox")?.as_array().ok()?;
    let corners = media.iter().map(|n| number(document, n)).collect::<Option<Vec<f32>>>()?;
    let [left, bottom, right, top] = corners[..] else { return None };
    let matrix = match turned {
        90 => [0.0, -1.0, 1.0, 0.0, -bottom, right],
        270 => [0.0, 1.0, -1.0, 0.0, top, -left],
        _ => return None,
    };
    Some((matrix, [top - bottom, right - left]))
}

/// A page that is being written anew.
struct Drawing<'a> {
    document: &'a Document,
    operations: Vec<Operation>,
    fonts: Dictionary,
    /// How many streams have lent it fonts.
    lent: usize,
    /// The streams that are being written in, the outermost first.
    within: Vec<ObjectId>,
    /// Which of the fonts are bold.
    weights: HashMap<Vec<u8>, bool>,
    type_of: Type,
    /// Whether the last words were told to be bold.
    told: bool,
}

/// What makes words bold: a font, or letters that are drawn along their edges too.
#[derive(Clone, Copy, Default)]
struct Type {
    bold: bool,
    edged: bool,
}

/// How often a path that says how heavy the words are that follow is closed: the reader hands on no fonts.
const LIGHT: usize = 3;
const BOLD: usize = 4;

/// Whether the words that follow are bold, where a path says so.
pub fn weight(path: &Path) -> Option<bool> {
    let mark = path.ops.iter().all(|op| matches!(op, PathOp::Close));
    (mark && matches!(path.ops.len(), LIGHT | BOLD)).then_some(path.ops.len() == BOLD)
}

/// Whether a font is bold by its name or its description.
fn is_bold(document: &Document, font: &Dictionary) -> bool {
    let inner = value(document, font, b"DescendantFonts").and_then(|f| f.as_array().ok()).and_then(|f| f.first());
    let inner = inner.and_then(|f| document.dereference(f).ok()?.1.as_dict().ok());
    let name = value(document, font, b"BaseFont").and_then(|n| n.as_name().ok()).unwrap_or(b"");
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let described = value(document, inner.unwrap_or(font), b"FontDescriptor").and_then(|d| d.as_dict().ok());
    let measure = |key: &[u8]| described.and_then(|d| integer(document, value(document, d, key)?));
    ["bold", "black", "heavy", "demi"].iter().any(|word| name.contains(word))
        || measure(b"FontWeight").is_some_and(|weight| weight >= 600)
        || measure(b"Flags").is_some_and(|flags| flags & FORCED != 0)
}

impl<'a> Drawing<'a> {
    /// Writes what a stream draws.
    fn stream(&mut self, content: &[u8], resources: Option<&'a Dictionary>) -> Option<()> {
        let content = Content::decode(content).ok()?;
        let own = |kind: &[u8]| value(self.document, resources?, kind)?.as_dict().ok();
        let (fonts, drawn) = (own(b"Font"), own(b"XObject"));
        self.lent += 1;
        let prefix = format!("F{}-", self.lent).into_bytes();
        // What a stream leaves open must not reach into what is drawn behind it.
        let mut outer: Vec<Type> = Vec::new();
        for Operation { operator, operands } in content.operations {
            if self.operations.len() > MOST_OPERATIONS {
                return None;
            }
            match (operator.as_str(), operands.first()) {
                ("Tf", Some(Object::Name(name))) if operands.len() == 2 => {
                    let lent = [&prefix[..], name].concat();
                    let font = fonts.and_then(|fonts| fonts.get(name).ok())?;
                    self.fonts.set(lent.clone(), font.clone());
                    let document = self.document;
                    let read = || {
                        document.dereference(font).is_ok_and(|(_, f)| f.as_dict().is_ok_and(|f| is_bold(document, f)))
                    };
                    self.type_of.bold = *self.weights.entry(lent.clone()).or_insert_with(read);
                    self.say("Tf", vec![Object::Name(lent), operands[1].clone()]);
                }
                ("Do", Some(Object::Name(name))) => {
                    if let Some(Object::Reference(id)) = drawn.and_then(|drawn| drawn.get(name).ok()) {
                        self.form(*id, resources);
                    }
                }
                ("q", _) => {
                    outer.push(self.type_of);
                    self.say("q", operands);
                }
                ("Q", _) => {
                    if let Some(type_of) = outer.pop() {
                        self.type_of = type_of;
                        self.say("Q", operands);
                    }
                }
                ("Tr", Some(Object::Integer(mode))) => self.type_of.edged = *mode == 2,
                _ => self.operation(&operator, operands),
            }
        }
        for type_of in outer.into_iter().rev() {
            self.type_of = type_of;
            self.say("Q", Vec::new());
        }
        Some(())
    }

    /// Writes one operation as the reader knows it, or leaves it out.
    fn operation(&mut self, operator: &str, mut operands: Vec<Object>) {
        let wanted = match operator {
            "BT" | "ET" | "T*" | "h" | "n" | "S" | "f" => 0,
            "Tc" | "Tw" | "Tz" | "TL" | "Ts" | "Tj" | "TJ" | "'" => 1,
            "Td" | "TD" | "m" | "l" => 2,
            "\"" => 3,
            "v" | "y" | "re" => 4,
            "cm" | "Tm" | "c" => 6,
            // All of these end a path, and whether it is filled or only its edge is drawn is one to the reader.
            "s" | "f*" | "F" | "B" | "B*" | "b" | "b*" => return self.say("f", Vec::new()),
            _ => return,
        };
        if operands.len() != wanted {
            return;
        }
        let text = |object: &Object| matches!(object, Object::String(..));
        match operator {
            "Tj" if !text(&operands[0]) => {}
            "TJ" if operands[0].as_array().is_err() => {}
            "'" | "\"" => {
                let words = operands.pop().filter(text);
                for (operator, spacing) in ["Tw", "Tc"].into_iter().zip(operands) {
                    self.operation(operator, vec![spacing]);
                }
                self.say("T*", Vec::new());
                words.into_iter().for_each(|words| self.operation("Tj", vec![words]));
            }
            "Tj" | "TJ" => {
                let bold = self.type_of.bold || self.type_of.edged;
                if std::mem::replace(&mut self.told, bold) != bold {
                    (0..if bold { BOLD } else { LIGHT }).for_each(|_| self.say("h", Vec::new()));
                    self.say("S", Vec::new());
                }
                self.say(operator, operands);
            }
            _ if operands.iter().all(|operand| operand.as_float().is_ok()) => self.say(operator, operands),
            _ => {}
        }
    }

    /// Writes what another stream draws, where it stands on the page; a picture draws no words.
    fn form(&mut self, id: ObjectId, resources: Option<&'a Dictionary>) {
        let Ok(Object::Stream(form)) = self.document.get_object(id) else { return };
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        if !is_form || self.within.contains(&id) || self.within.len() >= DEEPEST {
            return;
        }
        let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
        let own = value(self.document, &form.dict, b"Resources").and_then(|r| r.as_dict().ok());
        self.within.push(id);
        let outside = self.type_of;
        self.say("q", Vec::new());
        if let Some(matrix) = value(self.document, &form.dict, b"Matrix").and_then(|m| m.as_array().ok()) {
            self.operation("cm", matrix.clone());
        }
        // What cannot be followed of it is left out; the page stays.
        let before = self.operations.len();
        if self.stream(&content, own.or(resources)).is_none() {
            self.operations.truncate(before);
        }
        self.say("Q", Vec::new());
        self.type_of = outside;
        self.within.pop();
    }

    fn say(&mut self, operator: &str, operands: Vec<Object>) {
        self.operations.push(Operation::new(operator, operands));
    }
}

/// A value of a page, or of what it hangs from.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Some(found) = value(document, node, key) {
            return Some(found);
        }
        node = document.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}

fn value<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    document.dereference(dictionary.get(key).ok()?).ok().map(|(_, object)| object)
}

fn number(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

fn integer(document: &Document, object: &Object) -> Option<i64> {
    number(document, object).map(|n| n as i64)
}
