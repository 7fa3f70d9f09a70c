//! Staff change a draft.

use domain::{
    cart::draft_events::{DraftEvent, DraftLine},
    id::{DraftOrder, Id},
    identity::permission::proof::{ManageCredit, ManageOrders},
    time::Instant,
};
use entity::cart::{cart, draft_order};
use sea_orm::sea_query::Expr;
use store::{Fault, Once, Read};

use super::{
    DraftError,
    company::{self, Company},
    create::read_note,
    rows,
};
use crate::{
    cart::{
        Step,
        apply::{self, Ground},
        rows as cart_rows, view,
    },
    channels,
    cx::{Cx, Permit},
    organisations,
};

/// Changes of a draft: all of them, or none.
#[derive(Clone, Debug)]
pub struct UpdateDraft {
    /// The draft.
    pub draft: Id<DraftOrder>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The company that it is to be for; the inner `None`: for none.
    pub company: Option<Option<Company>>,
    /// What is remarked, at most 2000 characters; nothing if it is blank, and as it was if left out.
    pub note: Option<String>,
    /// The version of its cart that the caller saw last.
    pub expected_version: Option<i64>,
    /// What makes two calls the same.
    pub once: Option<Once>,
}

/// Changes an open draft. Who has it be paid with the customer's store credit needs [`ManageCredit`], too. Emits
/// `draft_order.updated`.
pub async fn update(cx: &Cx, _may: Permit<ManageOrders>, input: UpdateDraft) -> Result<Id<DraftOrder>, DraftError> {
    if input.steps.iter().any(|step| matches!(step, Step::StoreCreditSet(Some(_)))) {
        let _may: Permit<ManageCredit> = cx.permit()?;
    }
    let note = input.note.as_deref().map(|note| read_note(Some(note))).transpose()?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let (draft, mut cart) = rows::touch(tx, input.draft, input.expected_version).await?;
        let before = told(tx, (&draft, &cart), tx.now()).await?;
        if let Some(company) = input.company {
            company::set(tx, &mut cart, company).await?;
        }
        let channel = channels::by_id(tx, cart.channel_id).await?;
        let channel = channel.ok_or_else(|| Fault::new("a draft of no channel"))?;
        let address = view::address(&cart)?;
        let party = organisations::party(tx, cart_rows::wish(&cart)).await?;
        let ground = Ground { channel: &channel, cart: cart.id, party, address, holds: false };
        apply::steps(tx, ground, &input.steps).await?;
        let mut draft = draft;
        if let Some(note) = note {
            let update = tx.update::<draft_order::Entity>().by(draft.id);
            update.set(draft_order::Column::Note, Expr::val(note.clone())).run().await?;
            draft.note = note;
        }
        tx.emit_change(&before, &told(tx, (&draft, &cart), tx.now()).await?).await?;
        Ok(draft.id)
    })
    .await
}

/// What a draft is, as its event tells it.
async fn told(
    read: &Read,
    (draft, cart): (&draft_order::Model, &cart::Model),
    at: Instant,
) -> Result<DraftEvent, Fault> {
    let lines = cart_rows::lines(read, cart.id).await?;
    let line = |line: entity::cart::cart_line::Model| DraftLine { variant: line.variant_id, quantity: line.quantity };
    let lines = lines.into_iter().map(line).collect();
    let (organisation, unit) = (cart.organisation_id, cart.organisation_unit_id);
    Ok(DraftEvent::Updated { draft: draft.id, lines, note: draft.note.clone(), organisation, unit, at })
}
