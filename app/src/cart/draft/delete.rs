//! Staff give a draft up.

use domain::{
    cart::draft_events::DraftEvent,
    id::{DraftOrder, Id},
    identity::permission::proof::ManageOrders,
};
use store::Once;

use super::{DraftError, rows};
use crate::cx::{Cx, Permit};

/// A draft to give up.
#[derive(Clone, Debug)]
pub struct DeleteDraft {
    /// The draft.
    pub draft: Id<DraftOrder>,
    /// The version of its cart that the caller saw last.
    pub expected_version: Option<i64>,
    /// What makes two calls the same.
    pub once: Option<Once>,
}

/// Gives an open draft up: nobody completes it any more. It stays to be seen. Emits `draft_order.deleted`.
pub async fn delete(cx: &Cx, _may: Permit<ManageOrders>, input: DeleteDraft) -> Result<Id<DraftOrder>, DraftError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let (draft, cart) = rows::touch(tx, input.draft, input.expected_version).await?;
        rows::discard(tx, cart.id).await?;
        tx.emit(&DraftEvent::Deleted { draft: draft.id, at: tx.now() }).await?;
        Ok(draft.id)
    })
    .await
}
