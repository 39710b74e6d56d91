//! The words of a PDF with their places, drawn out of its bytes.
//!
//! In come the bytes of a file; out comes a description of its pages, a line per fragment of text, as [`super::page`] reads
//! it. It may panic, overflow the stack or ask for any amount of memory where a file is broken or made to harm: call it
//! where that does no damage.

use super::mend;
use super::page::{Fragment, Linked, Rule, Written};
use crate::document::{LIMIT, Unreadable};
use pdf_extract::{
    ColorSpace, Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Path, PathOp, Transform,
    output_doc_page,
};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A notice of more pages is none.
const MOST_PAGES: usize = 5000;

/// Lines drawn on a page beyond these are a picture.
const MOST_RULES: usize = 4000;

/// Links on a page beyond these are none of a notice.
const MOST_LINKS: usize = 500;

/// Which of the two readers draws the words out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Words with their places; words of a page that it gives up on, by the other reader.
    Placed,
    /// Words alone, a page at a time, by a reader that gives up less easily.
    Plain,
}

/// Draws out the words.
///
/// # Errors
/// Where the file has a password, or is no PDF inside.
pub fn extract(bytes: &[u8], reader: Reader) -> Result<String, Unreadable> {
    let damaged = || Unreadable("the PDF is damaged; save or download it again".to_owned());
    let mut plain = Plain { bytes, document: None };
    if reader == Reader::Plain {
        let pages = plain.document().ok_or_else(damaged)?.get_pages();
        let mut out = Written::default();
        for number in pages.keys().take(MOST_PAGES) {
            out.page(*number, 0.0, 0.0);
            plain.page(*number, &mut out);
        }
        return if pages.is_empty() { Err(damaged()) } else { Ok(out.text) };
    }
    let loaded = catch_unwind(AssertUnwindSafe(|| Document::load_mem(bytes))).map_err(|_| damaged())?;
    let mut document = loaded.map_err(|_| damaged())?;
    // A file whose permissions alone are restricted opens with an empty password.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Unreadable("the PDF has a password; save it without one".to_owned()));
    }
    let mut pages = document.get_pages();
    let mut seen = HashSet::new();
    // A tree of pages that leads back to itself names its pages again and again.
    pages.retain(|_, object| seen.insert(*object));
    if pages.is_empty() {
        return Err(damaged());
    }
    let mut out = Written::default();
    // Where a mending fails, what there is has to do.
    let _ = catch_unwind(AssertUnwindSafe(|| mend::fonts(&mut document)));
    for (number, object) in pages.iter().take(MOST_PAGES) {
        let mended = catch_unwind(AssertUnwindSafe(|| mend::page(&mut document, *object))).ok().flatten();
        let mut device = Device { written: Written::default(), ..Device::default() };
        let drawn = catch_unwind(AssertUnwindSafe(|| output_doc_page(&document, &mut device, *number)));
        if matches!(drawn, Ok(Ok(()))) {
            device.flush();
            // A link that is broken is no loss of words.
            let _ = catch_unwind(AssertUnwindSafe(|| device.links(&document, *object)));
            out.text.push_str(&device.written.text);
        } else {
            out.page(*number, 0.0, 0.0);
            plain.page(*number, &mut out);
        }
        mended.map(|stream| document.objects.remove(&stream));
        if out.text.len() > LIMIT {
            out.problem("the text of the PDF is longer than 20 MB; what follows was not read: split the file");
            break;
        }
    }
    if pages.len() > MOST_PAGES {
        out.problem("only the first 5,000 pages were read; split the file");
    }
    Ok(out.text)
}

/// The other reader, loaded when first needed.
struct Plain<'a> {
    bytes: &'a [u8],
    document: Option<Option<lopdf::Document>>,
}

impl Plain<'_> {
    fn document(&mut self) -> Option<&lopdf::Document> {
        let bytes = self.bytes;
        let load = || catch_unwind(|| lopdf::Document::load_mem(bytes).ok()).ok().flatten();
        self.document.get_or_insert_with(load).as_ref()
    }

    fn page(&mut self, number: u32, out: &mut Written) {
        let text = self.document().and_then(|document| {
            let draw = || document.extract_text_with_limit(&[number], LIMIT).ok();
            catch_unwind(AssertUnwindSafe(draw)).ok().flatten()
        });
        match text {
            Some(text) => text.lines().for_each(|line| out.line(line)),
            None => out.problem(
                "the text of this page could not be read; save the PDF again, or get the notice in another form",
            ),
        }
    }
}

/// Takes what a page shows, fragment by fragment.
#[derive(Default)]
struct Device {
    written: Written,
    height: f64,
    left: f64,
    bottom: f64,
    rules: usize,
    fragment: Option<Fragment>,
    bold: bool,
    /// Where the last character of the open fragment that is no space ends.
    ink: f64,
}

impl Device {
    fn flush(&mut self) {
        if let Some(fragment) = self.fragment.take().filter(|f| !f.text.trim().is_empty()) {
            self.written.fragment(&Fragment { end: self.ink, ..fragment });
        }
    }

    /// Notes the areas of a page that lead to an address.
    fn links(&mut self, document: &Document, page: ObjectId) {
        let annotations = document.get_page_annotations(page).unwrap_or_default();
        for annotation in annotations.into_iter().take(MOST_LINKS) {
            if let Some((corners, href)) = link(document, annotation) {
                let top = |y: f64| self.height - (y - self.bottom);
                let (left, right) = (corners[0].min(corners[2]) - self.left, corners[0].max(corners[2]) - self.left);
                let (upper, lower) = (top(corners[1].max(corners[3])), top(corners[1].min(corners[3])));
                self.written.link(&Linked { from: (left, upper), to: (right, lower), href });
            }
        }
    }

    fn point(&self, ctm: &Transform, x: f64, y: f64) -> (f64, f64) {
        let (across, up) = (ctm.m11 * x + ctm.m21 * y + ctm.m31, ctm.m12 * x + ctm.m22 * y + ctm.m32);
        (across - self.left, self.height - (up - self.bottom))
    }

    /// Notes the lines of a path that run along the page or down it.
    fn rules(&mut self, ctm: &Transform, path: &Path) {
        let mut last = None;
        for op in &path.ops {
            let ends = match *op {
                PathOp::MoveTo(x, y) => {
                    last = Some((x, y));
                    continue;
                }
                PathOp::LineTo(x, y) => {
                    let from = last.replace((x, y)).unwrap_or((x, y));
                    [(from, (x, y)), (from, from)]
                }
                PathOp::Rect(x, y, w, h) => [((x, y), (x + w, y)), ((x, y), (x, y + h))],
                PathOp::CurveTo(..) | PathOp::Close => continue,
            };
            let thin = |a: (f64, f64), b: (f64, f64)| (self.point(ctm, a.0, a.1), self.point(ctm, b.0, b.1));
            let [first, second] = ends.map(|(a, b)| thin(a, b));
            let box_width = (first.1.0 - first.0.0).abs();
            let box_height = (second.1.1 - second.0.1).abs();
            // Of a box, only one that is no more than a line; of lines, those that are long enough to part cells.
            let is_box = matches!(op, PathOp::Rect(..));
            let rule = if is_box && box_width > 3.0 && box_height > 3.0 {
                None
            } else if is_box && box_height > box_width {
                Rule::of(second.0, second.1)
            } else {
                Rule::of(first.0, first.1)
            };
            if let Some(rule) = rule.filter(|_| self.rules < MOST_RULES) {
                self.rules += 1;
                self.written.rule(&rule);
            }
        }
    }
}

/// The area and the address of an annotation, where it is a link that leads out of the file.
fn link(document: &Document, annotation: &Dictionary) -> Option<([f64; 4], String)> {
    let resolved = |object: &Object| document.dereference(object).ok().map(|(_, object)| object.clone());
    let action = resolved(annotation.get(b"A").ok()?)?;
    let address = resolved(action.as_dict().ok()?.get(b"URI").ok()?)?;
    let href = String::from_utf8_lossy(address.as_str().ok()?).into_owned();
    let leads_out = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme));
    let area = resolved(annotation.get(b"Rect").ok()?)?;
    let mut corners = [0.0; 4];
    for (corner, number) in corners.iter_mut().zip(area.as_array().ok()?) {
        *corner = f64::from(number.as_float().ok()?);
    }
    (leads_out && href.len() < 2000).then_some((corners, href))
}

impl OutputDev for Device {
    fn begin_page(&mut self, page: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        (self.left, self.bottom, self.height) = (media.llx, media.lly, media.ury - media.lly);
        self.written.page(page, media.urx - media.llx, self.height);
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.flush();
        Ok(())
    }

    fn output_character(&mut self, trm: &Transform, width: f64, _: f64, size: f64, c: &str) -> Result<(), OutputError> {
        let (x, y) = self.point(trm, 0.0, 0.0);
        let size = size.abs() * (trm.m11 * trm.m22 - trm.m12 * trm.m21).abs().sqrt();
        let end = x + width * size * (trm.m11.hypot(trm.m12) / trm.m21.hypot(trm.m22).max(1e-6));
        if !(x.is_finite() && y.is_finite() && end.is_finite() && size.is_finite()) {
            return Ok(());
        }
        let inked = !c.trim().is_empty();
        if let Some(open) = &mut self.fragment {
            let gap = x - open.end;
            let same = (y - open.y).abs() < 0.1 * size && (size - open.size).abs() < 0.1;
            if same && gap > -0.5 * size && gap < 0.7 * size {
                if gap > 0.15 * size && !open.text.ends_with(' ') && c != " " {
                    open.text.push(' ');
                }
                open.text.push_str(c);
                open.end = end;
                self.ink = if inked { end } else { self.ink };
                return Ok(());
            }
        }
        self.flush();
        self.ink = end;
        self.fragment = Some(Fragment { x, y, end, size, bold: self.bold, text: c.to_owned() });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        self.flush();
        Ok(())
    }

    fn stroke(&mut self, ctm: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        match mend::weight(path) {
            Some(bold) if bold != self.bold => {
                self.flush();
                self.bold = bold;
            }
            Some(_) => {}
            None => self.rules(ctm, path),
        }
        Ok(())
    }

    fn fill(&mut self, ctm: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.rules(ctm, path);
        Ok(())
    }
}
