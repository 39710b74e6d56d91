//! `fairnotice` reads published privacy notices of English NHS commissioners, shows what they claim and flags what is
//! outdated, missing, malformed or contradictory.
//!
//! Bytes become text ([`document`], [`text`]), text yields claims ([`claims`], with the [`dictionary`]), claims yield
//! findings ([`rules`]), findings leave as reports ([`report`]). A stage is a folder; a thing is a file. The whole tool on
//! one screen is [`pipeline`]. Modules import only from ranks further left:
//!
//! [`model`] ← [`text`], [`dictionary`] ← [`document`], [`claims`] ← [`rules`] ← [`pipeline`] ← [`fingerprint`],
//! [`evaluation`], [`registers`] ← [`across`](mod@across) ← [`settings`], [`fix`] ← [`corpus`] ← [`fetch`],
//! [`search`] ← [`report`] ← [`reference`](mod@reference) ← [`cli`]
//!
//! Up to [`settings`] nothing touches files, network, clock or chance; [`corpus`] and [`search`] are files by nature,
//! [`fetch`] is the network; [`cli`] wires the rest and alone prints.

pub mod across;
pub mod claims;
pub mod cli;
pub mod corpus;
pub mod dictionary;
pub mod document;
pub mod evaluation;
pub mod fetch;
pub mod fingerprint;
pub mod fix;
pub mod model;
pub mod pipeline;
pub mod reference;
pub mod registers;
pub mod report;
pub mod rules;
pub mod search;
pub mod settings;
pub mod text;
