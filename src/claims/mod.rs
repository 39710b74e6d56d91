//! Text yields claims: one file per kind. In comes a canonical text and a dictionary; out come what the notice states,
//! each with the words it rests on. Nothing here judges.

mod agreement;
mod article_scan;
mod articles;
mod automated_decision;
mod by_content;
mod cag_reference;
mod confidentiality_basis;
mod contact;
mod context;
mod controller;
mod dated_acts;
mod dates;
mod document_kind;
mod headings;
mod ico_registration;
mod labels;
mod lawful_basis;
mod layout;
mod levels;
mod mentions;
mod names;
mod opt_out;
mod organisation;
mod outline;
mod processor;
mod processor_names;
mod processor_words;
mod provisions;
mod purpose;
mod records;
mod retention;
mod reviewed;
mod right;
mod role;
mod role_holder;
mod role_sentence;
mod role_words;
mod run_in;
mod short_forms;
mod status;
mod statute;
mod transfer;

pub use agreement::references as agreement_references;
pub use articles::Citation;
pub use cag_reference::{Written as WrittenCagReference, references as cag_references};
pub use contact::{emails, is_email};
pub use context::Context;
pub use dated_acts::doubtful_statutes;
pub use dates::date_at;
pub use document_kind::kind_of;
pub use ico_registration::is_registration_number;
pub use mentions::{Mention, mentions};
pub use outline::{Aspect, Outline, Part, PartKind, Section};
pub use status::{Status, status};

use crate::model::Claim;

/// A cell that spans several rows states its claims for the purpose of each.
fn spread_over_rows(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let mut more = Vec::new();
    for claim in claims.iter().filter(|c| c.purpose.is_some()) {
        let Some(cell) = context.part_of(claim.evidence).and_then(|p| p.cell).filter(|c| c.rows > 1 && c.column > 0)
        else {
            continue;
        };
        for row in cell.row + 1..cell.row.saturating_add(cell.rows) {
            let purpose =
                context.outline.rows.get(&(cell.table, row)).map(|p| context.dictionary.term(*p).id.to_string());
            if purpose.is_some() && purpose != claim.purpose {
                more.push(Claim { purpose, ..claim.clone() });
            }
        }
    }
    claims.extend(more);
}

/// Reads every kind of claim, in reading order.
pub fn read(context: &Context<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    controller::read(context, &mut claims);
    role::read(context, &mut claims);
    ico_registration::read(context, &mut claims);
    lawful_basis::read(context, &mut claims);
    confidentiality_basis::read(context, &mut claims);
    statute::read(context, &mut claims);
    cag_reference::read(context, &mut claims);
    processor::read(context, &mut claims);
    organisation::read(context, &mut claims);
    retention::read(context, &mut claims);
    reviewed::read(context, &mut claims);
    right::read(context, &mut claims);
    opt_out::read(context, &mut claims);
    purpose::read(context, &mut claims);
    contact::read(context, &mut claims);
    agreement::read(context, &mut claims);
    automated_decision::read(context, &mut claims);
    transfer::read(context, &mut claims);
    spread_over_rows(context, &mut claims);
    claims.retain(|c| !c.evidence.is_empty());
    claims.sort_by(|a, b| (a.evidence, a.kind, &a.value).cmp(&(b.evidence, b.kind, &b.value)));
    claims
        .dedup_by(|a, b| a.evidence == b.evidence && a.kind == b.kind && a.value == b.value && a.purpose == b.purpose);
    claims
}
