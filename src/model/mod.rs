//! Plain data that passes between the stages: what goes in and comes out of each, with no behaviour that needs
//! a file, a clock or a dictionary.

mod attrs;
mod claim;
mod date;
mod declaration;
mod hash;
mod kind;
mod named;
mod register;
mod severity;
mod span;
mod text;

pub use attrs::{Attr, Attrs};
pub use claim::{Claim, ClaimKind};
pub use date::{Day, PartialDate, months_between};
pub use declaration::Declaration;
pub use hash::sha256;
pub use kind::NoticeKind;
pub use named::Named;
pub use register::{
    Agreement, Approval, Edition, Entry, Guardian, Organisation, RegisterKind, RegisterRow, Registers, Registration,
    RowPlace, in_force,
};
pub use severity::Severity;
pub use span::Span;
pub use text::{Block, BlockKind, CellPlace, Link, Origin, Problem, Reading, Text};
