//! Builds a canonical text from pieces of a source.
//!
//! In come characters with their byte in the source; out comes a [`Text`] whose white space is single, whose invisible
//! characters are gone and whose every byte knows its origin. It never looks a word up again to find its place.

use crate::model::{Block, BlockKind, CellPlace, Link, Origin, Problem, Reading, Span, Text};

/// A text under construction.
pub struct TextBuilder {
    body: String,
    blocks: Vec<Block>,
    runs: Vec<(u32, u32)>,
    links: Vec<Link>,
    cloaked: Vec<Span>,
    problems: Vec<Problem>,
    /// Body byte minus source byte of the last run: a new run starts where it changes.
    delta: Option<i64>,
    pending_space: Option<usize>,
    block_start: usize,
}

impl TextBuilder {
    /// An empty text; `capacity` in bytes is a guess at its size.
    pub fn new(capacity: usize) -> TextBuilder {
        TextBuilder {
            body: String::with_capacity(capacity),
            blocks: Vec::new(),
            runs: Vec::new(),
            links: Vec::new(),
            cloaked: Vec::new(),
            problems: Vec::new(),
            delta: None,
            pending_space: None,
            block_start: 0,
        }
    }

    /// Adds words that stand in the source byte for byte from `source` on.
    pub fn push_str(&mut self, words: &str, source: usize) {
        let bytes = words.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = plain_run(&bytes[at..]);
            if plain > 0 {
                self.push_plain(&words[at..at + plain], source + at);
                at += plain;
                continue;
            }
            let Some(c) = words[at..].chars().next() else { break };
            self.push_char(c, source + at);
            at += c.len_utf8();
        }
    }

    /// Adds one character made from byte `source` of the source.
    pub fn push_char(&mut self, c: char, source: usize) {
        if is_invisible(c) {
            return;
        }
        if c.is_whitespace() {
            if self.body.len() > self.block_start && self.pending_space.is_none() {
                self.pending_space = Some(source);
            }
            return;
        }
        // Private use: bullets of symbol fonts. Their shape is lost, their meaning is not.
        let c = if ('\u{e000}'..='\u{f8ff}').contains(&c) { '•' } else { c };
        let mut buffer = [0; 4];
        self.push_plain(c.encode_utf8(&mut buffer), source);
    }

    fn push_plain(&mut self, words: &str, source: usize) {
        if let Some(space) = self.pending_space.take() {
            self.note_origin(space);
            self.body.push(' ');
        }
        self.note_origin(source);
        self.body.push_str(words);
    }

    fn note_origin(&mut self, source: usize) {
        let delta = self.body.len() as i64 - source as i64;
        if self.delta != Some(delta) {
            self.delta = Some(delta);
            self.runs.push((self.body.len() as u32, source as u32));
        }
    }

    /// The next byte to be written, for spans of links and cloaks; counts a space that is still to come.
    pub fn position(&self) -> usize {
        self.body.len() + usize::from(self.pending_space.is_some())
    }

    /// Whether the open block holds any words.
    pub fn in_block(&self) -> bool {
        self.body.len() > self.block_start
    }

    /// The words of the open block so far.
    pub fn open_words(&self) -> &str {
        &self.body[self.block_start..]
    }

    /// The blocks finished so far.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Ends the open block, if it holds any words.
    pub fn end_block(&mut self, kind: BlockKind, furniture: bool, cell: Option<CellPlace>) {
        self.pending_space = None;
        if self.body.len() == self.block_start {
            return;
        }
        let span = Span::new(self.block_start, self.body.len());
        self.blocks.push(Block { kind, span, furniture, cell });
        self.body.push('\n');
        self.delta = None;
        self.block_start = self.body.len();
    }

    /// Notes a link over the bytes written since `start`, a value of [`TextBuilder::position`].
    pub fn link_since(&mut self, start: usize, href: String) {
        if start < self.body.len() {
            self.links.push(Link { span: Span::new(start, self.body.len()), href });
        }
    }

    /// Notes that the bytes written since `start` cannot be seen without scripts.
    pub fn cloaked_since(&mut self, start: usize) {
        if start < self.body.len() {
            self.cloaked.push(Span::new(start, self.body.len()));
        }
    }

    /// Notes something that was cut or unreadable.
    pub fn problem(&mut self, message: impl Into<String>, line: Option<u32>) {
        self.problems.push(Problem { message: message.into(), line, page: None });
    }

    /// The finished text over its decoded source.
    pub fn finish(mut self, source: String) -> Text {
        self.end_block(BlockKind::Paragraph, false, None);
        // The line feed after the last block stays: the text ends as a text file does.
        let reading = if self.problems.is_empty() { Reading::Whole } else { Reading::Part(self.problems) };
        Text {
            body: self.body,
            blocks: self.blocks,
            origin: Origin::new(source, self.runs),
            reading,
            title: None,
            language: None,
            links: self.links,
            cloaked: self.cloaked,
        }
    }
}

/// Soft hyphens, zero-width characters, direction marks and controls: nothing a reader sees.
/// Length of what stands at the beginning as it will in the body: words parted by single spaces.
fn plain_run(bytes: &[u8]) -> usize {
    let word = |byte: Option<&u8>| byte.is_some_and(|b| (0x21..0x7f).contains(b));
    if !word(bytes.first()) {
        return 0;
    }
    let mut at = 1;
    while word(bytes.get(at)) || bytes.get(at) == Some(&b' ') && word(bytes.get(at + 1)) {
        at += 1;
    }
    at
}

/// Characters that no reader sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
        || (c.is_control() && !c.is_whitespace())
    // Control characters that Rust counts as white space but no reader sees as such are spaces all the same.
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_single_and_every_byte_knows_its_place() {
        let source = "One\u{a0} two\u{ad}three";
        let mut builder = TextBuilder::new(16);
        builder.push_str(source, 0);
        let text = builder.finish(source.to_owned());
        assert_eq!(text.body, "One twothree\n");
        assert_eq!(text.origin.line_column(4), (1, 6));
        assert_eq!(&source[text.origin.source_byte(7)..], "three");
    }
}
