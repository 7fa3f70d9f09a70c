//! A draft is made ready for the customer.

use domain::{
    cart::draft_events::DraftEvent,
    id::{DraftOrder, Id},
    identity::permission::proof::ManageOrders,
};
use entity::cart::{cart, draft_order};
use sea_orm::sea_query::Expr;
use store::Once;

use super::{DraftError, rows};
use crate::{
    cx::{Cx, Permit},
    digest,
};

/// A draft to send.
#[derive(Clone, Debug)]
pub struct SendDraft {
    /// The draft.
    pub draft: Id<DraftOrder>,
    /// The version of its cart that the caller saw last.
    pub expected_version: Option<i64>,
    /// What makes two calls the same.
    pub once: Option<Once>,
}

/// Gives the token with which whoever has it sees an open draft and completes it. It brings the token to nobody: that is
/// the caller's. Emits `draft_order.sent`.
pub async fn send(
    cx: &Cx,
    _may: Permit<ManageOrders>,
    input: SendDraft,
) -> Result<(Id<DraftOrder>, String), DraftError> {
    let draft = cx
        .write_once(input.once.as_ref(), async |tx| {
            let (draft, cart) = rows::touch(tx, input.draft, input.expected_version).await?;
            let hash = digest::digest(&token(cx, draft.id, &cart));
            let first = draft.sent_at.unwrap_or(tx.now());
            let update = tx.update::<draft_order::Entity>().by(draft.id);
            let update = update.set(draft_order::Column::TokenHash, Expr::val(hash));
            update.set(draft_order::Column::SentAt, Expr::val(first)).run().await?;
            tx.emit(&DraftEvent::Sent { draft: draft.id, at: tx.now() }).await?;
            Ok::<_, DraftError>(draft.id)
        })
        .await?;
    let read = cx.read();
    let cart = rows::cart(&read, &rows::by_id(&read, draft).await?).await?;
    Ok((draft, token(cx, draft, &cart)))
}

/// The token of a draft, so that a repeated call can tell it again; for another company or unit it is another.
fn token(cx: &Cx, draft: Id<DraftOrder>, cart: &cart::Model) -> String {
    let organisation = cart.organisation_id.map(Id::uuid).unwrap_or_default();
    let unit = cart.organisation_unit_id.map(Id::uuid).unwrap_or_default();
    digest::token(&cx.app().settings.secret, b"draft token ", &[draft.uuid(), organisation, unit])
}
