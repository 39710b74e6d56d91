//! Fields of a Word document: an instruction, then what came of it.
//!
//! In come the marks and the instructions of fields; out come the addresses that they lead to, and whether what is read now is
//! the entry of a contents list. It never reads what came of a field.

/// Fields stand in each other no deeper in any document that a person wrote.
const DEEPEST: usize = 64;

/// The fields that are open.
#[derive(Default)]
pub struct Fields {
    instruction: String,
    /// Whether the words that are read are those of an instruction.
    pub in_instruction: bool,
    /// Which of them are contents lists, the outermost first.
    open: Vec<bool>,
}

impl Fields {
    /// A field begins.
    pub fn begin(&mut self) {
        self.instruction.clear();
        self.open.push(false);
        self.open.truncate(DEEPEST);
    }

    /// More of an instruction.
    pub fn instruct(&mut self, words: &str) {
        self.instruction.push_str(words);
    }

    /// The instruction ends, and what came of it follows. Returns the address that it leads to.
    pub fn separate(&mut self) -> Option<String> {
        let instruction = std::mem::take(&mut self.instruction);
        if let Some(contents) = self.open.last_mut() {
            *contents = instruction.split_whitespace().next() == Some("TOC");
        }
        let target = instruction.trim().strip_prefix("HYPERLINK")?.split('"').nth(1)?;
        // `\l` leads to a place in the document itself.
        (!instruction.contains("\\l")).then(|| target.to_owned())
    }

    /// A field ends.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// Whether a contents list is open.
    pub fn in_contents(&self) -> bool {
        self.open.contains(&true)
    }

    /// Forgets what is open: a field that nobody ended.
    pub fn forget(&mut self) {
        self.open.clear();
    }
}
