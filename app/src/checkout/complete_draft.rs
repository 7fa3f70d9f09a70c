//! Orders of drafts: the same plan and the same writes as those of a shopper's cart.

use domain::{
    cart::draft_events::DraftEvent,
    id::{DraftOrder, Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
};
use entity::cart::draft_order;
use store::{Fault, KeyReused, Once, Tx};

use super::{CheckoutError, Completed, complete::agreed, order_token, place};
use crate::{
    cart::{
        self,
        draft::{self, DraftError},
    },
    channels,
    cx::{Cx, Permit, Public},
    orders,
    refusal::Denied,
};

/// A draft that staff make an order of.
#[derive(Clone, Debug)]
pub struct CompleteDraft {
    /// The draft.
    pub draft: Id<DraftOrder>,
    /// What is to be expected of it.
    pub expected: Expected,
    /// What makes two calls the same.
    pub once: Once,
}

/// A draft that the customer makes an order of.
#[derive(Clone, Debug)]
pub struct AcceptDraft {
    /// The token with which it was sent.
    pub token: String,
    /// What is to be expected of it.
    pub expected: Expected,
    /// What makes two calls the same.
    pub once: Once,
}

/// What is to be expected of a draft.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The version of its cart that the caller saw last.
    pub version: Option<i64>,
    /// The total that was agreed on, as a decimal number in the cart's currency.
    pub total: Option<String>,
    /// What was agreed on to be left to pay after gift cards and store credit, as a decimal number in the cart's currency.
    pub due: Option<String>,
}

/// Why a draft did not become an order. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DraftCheckoutError {
    /// What every change of a draft can meet: not found, not open, stale.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// What keeps any cart from becoming an order.
    #[error(transparent)]
    Checkout(#[from] CheckoutError),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Makes an order of a draft, for staff. What is paid by card waits for its payment. Emits `order.placed`,
/// `draft_order.completed`, and `order.note_added` if something was remarked.
pub async fn complete_draft(
    cx: &Cx,
    _may: Permit<ManageOrders>,
    input: CompleteDraft,
) -> Result<Completed, DraftCheckoutError> {
    let found = draft::by_id(&cx.read(), input.draft).await;
    draft::ask_taxes_of_draft(cx, found.ok()).await?;
    let placed = cx.write_once(Some(&input.once), async |tx| {
        let draft = draft::by_id(tx, input.draft).await?;
        Box::pin(place_draft(cx, tx, &draft, &input.expected)).await
    });
    let order = placed.await?;
    Ok(Completed { order, token: order_token(cx, order) })
}

/// Makes an order of a draft that was sent, for whoever knows its token. Emits what [`complete_draft`] does.
pub async fn accept_draft(cx: &Cx, _anybody: Public, input: AcceptDraft) -> Result<Completed, DraftCheckoutError> {
    let found = draft::by_token(&cx.read(), &input.token).await;
    draft::ask_taxes_of_draft(cx, found.ok()).await?;
    let placed = cx.write_once(Some(&input.once), async |tx| {
        let draft = draft::by_token(tx, &input.token).await?;
        Box::pin(place_draft(cx, tx, &draft, &input.expected)).await
    });
    let order = placed.await?;
    Ok(Completed { order, token: order_token(cx, order) })
}

async fn place_draft(
    cx: &Cx,
    tx: &Tx,
    draft: &draft_order::Model,
    expected: &Expected,
) -> Result<Id<Order>, DraftCheckoutError> {
    let cart = draft::claim(tx, draft, expected.version).await?;
    draft::still(tx, &cart).await?;
    let channel = channels::by_id(tx, cart.channel_id).await?;
    let channel = channel.ok_or_else(|| Fault::new("a draft of no channel"))?;
    let view = cart::view::priced(tx, &channel, cart, tx.now()).await?;
    let selection = place::selection(tx, &[&view]).await?;
    let planned = place::plan(cx, tx, tx.stamp().clone(), view, &selection)?;
    agreed(expected.total.as_deref(), expected.due.as_deref(), &planned)?;
    let placed = place::place(cx, tx, &channel, vec![planned]).await?.pop();
    let order = placed.ok_or_else(|| Fault::new("an order that nothing became of"))??;
    if let Some((note, actor)) = draft::note_of(tx, draft.id).await? {
        orders::note_draft(tx, order, note, &actor).await?;
    }
    tx.emit(&DraftEvent::Completed { draft: draft.id, order, at: tx.now() }).await?;
    Ok(order)
}
