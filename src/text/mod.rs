//! The canonical text: built piece by piece with its map to the source, and folded for matching.

mod builder;
mod fold;
mod sentence;

pub use builder::TextBuilder;
pub use fold::Fold;
pub use sentence::sentence_around;
