//! The canonical text: built piece by piece with its map to the source, joined from several, and folded for matching.

mod builder;
mod copies;
mod cues;
mod fold;
pub(crate) mod folding;
mod join;
mod places;
mod sentence;
mod words;

pub use builder::TextBuilder;
pub use copies::Sketch;
pub use cues::Cues;
pub use fold::Fold;
pub use join::{Seam, join};
pub use places::Places;
pub use sentence::sentence_starts;
pub use words::WordIndex;
