//! Staff block a gift card, or have it be good again.

use domain::{
    id::{Credit, GiftCard, Id},
    identity::permission::proof::ManageCredit,
    payments::credit::events::CreditEvent,
};
use store::Once;

use super::{CreditError, adjust::card_held, rows};
use crate::cx::{Cx, Permit};

/// A gift card to block, or to have be good again.
#[derive(Clone, Debug)]
pub struct Block {
    /// The gift card.
    pub card: Id<GiftCard>,
    /// Whether it is to be blocked.
    pub is_blocked: bool,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Blocks a gift card: nothing is paid with it, until it is good again. What orders were paid with it stays so. Does nothing
/// if it stands so already. Emits `gift_card.blocked` or `gift_card.unblocked`.
pub async fn block(cx: &Cx, _may: Permit<ManageCredit>, input: Block) -> Result<Option<Id<Credit>>, CreditError> {
    cx.carry_out((input.is_dry_run, input.once.as_ref()), async |tx| {
        let held = card_held(tx, input.card).await?;
        if input.expected_version.is_some_and(|version| version != held.row.version) {
            return Err(CreditError::Stale);
        }
        if held.row.is_blocked == input.is_blocked {
            return Ok(held.row.id);
        }
        rows::set_blocked(tx, held.row.id, input.is_blocked).await?;
        tx.emit(&CreditEvent::Blocked {
            gift_card: input.card,
            is_blocked: input.is_blocked,
            reason: input.reason.clone(),
            version: held.row.version.saturating_add(1),
            at: tx.now(),
        })
        .await?;
        Ok(held.row.id)
    })
    .await
}
