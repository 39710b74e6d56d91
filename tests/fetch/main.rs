//! Fetching from real servers on loopback: what is kept, what is refused, how politely, and what a kill leaves.
#![allow(clippy::disallowed_methods)] // these tests make corpora and read what is in them

mod manners;
mod notices;
mod refusals;
mod rig;
mod stops;
mod world;
