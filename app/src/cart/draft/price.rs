//! Another price is agreed on than that of the list.

use domain::{
    cart::draft_events::DraftEvent,
    id::{CartLine, DraftOrder, Id},
    identity::permission::proof::OverridePrices,
    invalid::{Check, Problem},
    money::Money,
    orders::reason,
};
use entity::cart::cart_line;
use store::{Fault, Once};

use super::{DraftError, rows};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// A price to agree on.
#[derive(Clone, Debug)]
pub struct AgreePrice {
    /// The draft.
    pub draft: Id<DraftOrder>,
    /// The line.
    pub line: Id<CartLine>,
    /// The price of a unit, tax included, as a decimal number in the channel's currency; none for the list's.
    pub price: Option<String>,
    /// Why, at most 500 characters; required with a price.
    pub reason: Option<String>,
    /// The version of its cart that the caller saw last.
    pub expected_version: Option<i64>,
    /// What makes two calls the same.
    pub once: Once,
}

/// Sets the price of a line of an open draft, which counts instead of the list's until it is taken back; promotions
/// apply to it as to any other. Emits `draft_order.price_set`.
pub async fn agree_price(
    cx: &Cx,
    _may: Permit<OverridePrices>,
    input: AgreePrice,
) -> Result<Id<DraftOrder>, DraftError> {
    cx.write_once(Some(&input.once), async |tx| {
        let (draft, cart) = rows::touch(tx, input.draft, input.expected_version).await?;
        let channel = channels::by_id(tx, cart.channel_id).await?;
        let currency = channels::currency(&channel.ok_or_else(|| Fault::new("a draft of no channel"))?)?;
        let money = |minor| Money::new(minor, currency);
        let mut check = Check::default();
        let price = match &input.price {
            None => Some(None),
            Some(price) => check.field("price", Money::said(price, currency)).map(Some),
        };
        let said = check.field("reason", reason::parse(input.reason.as_deref()));
        if input.price.is_some() && said == Some(None) {
            check.wrong("reason", Problem::Required);
        }
        let (price, said) = check.done(price.zip(said))?;
        let said = said.filter(|_| price.is_some());
        let set = price.map(|price| price.minor).zip(said.clone());
        let was = rows::set_price(tx, cart.id, input.line, set).await?.ok_or(DraftError::NoSuchLine)?;
        let event = |was: &cart_line::Model, price, reason| DraftEvent::PriceSet {
            draft: draft.id,
            line: was.id,
            variant: was.variant_id,
            price,
            reason,
            at: tx.now(),
        };
        let before = event(&was, was.agreed_minor.map(money), was.agreed_reason.clone());
        tx.emit_change(&before, &event(&was, price, said)).await?;
        Ok(draft.id)
    })
    .await
}
