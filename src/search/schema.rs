//! What the index holds of each notice, and how text and facts become terms in it.

use super::terms;
use super::words::{Word, Words};
use tantivy::Index;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// Number of this layout; raised with every change of fields, terms or entries. An index of another one is made anew
/// beside it.
pub const LAYOUT: &str = "2";

/// No day is later: 31 December 9999.
pub const NEVER: u64 = 99_991_231;

/// The fields of the index.
#[derive(Clone, Copy)]
#[allow(missing_docs)] // `Fields::new` says of each what it is
pub struct Fields {
    pub key: Field,
    pub version: Field,
    pub text: Field,
    pub facts: Field,
    pub entry: Field,
    pub organisation: Field,
    pub kind: Field,
    pub year: Field,
    pub claim: Field,
    pub rule: Field,
    pub title: Field,
    pub captured: Field,
    pub superseded: Field,
    pub reviewed: Field,
    pub order: Field,
}

impl Fields {
    /// The fields and their schema.
    pub fn new() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let indexed = |tokenizer: &str, norms: bool| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_fieldnorms(norms)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
        };
        let column = || TextOptions::default().set_fast("raw");
        let fields = Fields {
            // Names version, program and dictionaries: whatever is under another key is made anew.
            key: schema.add_text_field("key", STRING | STORED),
            // Names the version alone: the entry that another takes the place of is found by it.
            version: schema.add_text_field("version", STRING | STORED),
            text: schema.add_text_field("text", indexed("words", true) | STORED),
            // Claims, findings and bodies, each with all its terms at one position.
            facts: schema.add_text_field("facts", indexed("facts", false)),
            entry: schema.add_bytes_field("entry", STORED),
            organisation: schema.add_text_field("organisation", column()),
            kind: schema.add_text_field("type", column()),
            year: schema.add_text_field("year", column()),
            claim: schema.add_text_field("claim", column()),
            rule: schema.add_text_field("rule", column()),
            title: schema.add_text_field("title", column()),
            captured: schema.add_u64_field("captured", FAST),
            superseded: schema.add_u64_field("superseded", FAST),
            reviewed: schema.add_u64_field("reviewed", FAST),
            // Decides between notices that are otherwise level, the same way in every index of the same notices.
            order: schema.add_u64_field("order", FAST),
        };
        (schema.build(), fields)
    }
}

/// Tells an index how its text and facts become terms.
pub fn register(index: &Index) {
    index.tokenizers().register("words", TextAnalyzer::builder(TextTokenizer).build());
    index.tokenizers().register("facts", TextAnalyzer::builder(FactTokenizer).build());
}

/// The words of a text and its whole references.
#[derive(Clone)]
struct TextTokenizer;

struct TextStream<'t> {
    words: Words<'t>,
    word: Word,
    token: Token,
}

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = TextStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TextStream<'a> {
        let word = Word { text: String::new(), start: 0, end: 0, position: 0, reference: false };
        TextStream { words: Words::of(text), word, token: Token::default() }
    }
}

impl TokenStream for TextStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.words.advance(&mut self.word) {
            return false;
        }
        self.token.text.clone_from(&self.word.text);
        (self.token.offset_from, self.token.offset_to) = (self.word.start, self.word.end);
        self.token.position = self.word.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The terms of facts written a line each: all terms of a fact have its number as their position.
#[derive(Clone)]
struct FactTokenizer;

struct FactStream<'t> {
    rest: &'t str,
    token: Token,
    number: usize,
}

impl Tokenizer for FactTokenizer {
    type TokenStream<'a> = FactStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FactStream<'a> {
        FactStream { rest: text, token: Token::default(), number: 0 }
    }
}

impl TokenStream for FactStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if self.rest.is_empty() {
                return false;
            }
            let length = self.rest.find([terms::TERM, terms::FACT]).unwrap_or(self.rest.len());
            let (term, rest) = self.rest.split_at(length);
            self.token.position = self.number;
            self.number += usize::from(rest.starts_with(terms::FACT));
            self.rest = rest.get(1..).unwrap_or("");
            if !term.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(term);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
