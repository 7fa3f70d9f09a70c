//! Staff put more onto gift cards and give store credit, or take some off.

use domain::{
    id::{Account, Credit, GiftCard, Id},
    identity::permission::proof::ManageCredit,
    invalid::{Invalid, Problem},
    money::{Currency, Money},
    payments::credit::{CreditEntryKind, CreditKind, lots::Returned},
    time::Instant,
};
use store::{Fault, Once, Tx};

use super::{
    CreditError, Held,
    account::of_card,
    moves::{self, Cause},
    redeem, rows,
};
use crate::{
    channels,
    cx::{Cx, Permit},
    identity,
};

/// Whose balance changes.
#[derive(Clone, Debug)]
pub enum Whose {
    /// A gift card's; the amount is a decimal number in its currency.
    GiftCard(Id<GiftCard>),
    /// A customer's store credit in a currency.
    Customer(Id<Account>, Currency),
}

/// A change of a balance.
#[derive(Clone, Debug)]
pub struct Adjust {
    /// Whose.
    pub whose: Whose,
    /// By how much, as a decimal number; above zero.
    pub amount: String,
    /// From when on what comes is worth nothing; none: never.
    pub expires_at: Option<Instant>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// Puts more onto a gift card, or gives store credit. Emits `gift_card.topped_up` or `store_credit.granted`.
pub async fn grant(cx: &Cx, _may: Permit<ManageCredit>, input: Adjust) -> Result<Option<Id<Credit>>, CreditError> {
    cx.carry_out((input.is_dry_run, Some(&input.once)), async |tx| {
        if input.expires_at.is_some_and(|end| end <= tx.now()) {
            return Err(Invalid::at("expiresAt", Problem::InThePast).into());
        }
        if let Whose::Customer(_, currency) = &input.whose {
            channels::sold_in::<CreditError>(tx, *currency, "currency").await?;
        }
        let held = held(tx, &input.whose).await?;
        let amount = amount(&held, &input.amount)?;
        let part = Returned { minor: amount.minor, expires_at: input.expires_at };
        moves::add(tx, &held.row, &[part], cause(tx, CreditEntryKind::ToppedUp, &input)).await?;
        Ok(held.row.id)
    })
    .await
}

/// Takes some off a gift card or of store credit, at most what can be spent of it. Emits `gift_card.withdrawn` or
/// `store_credit.withdrawn`.
pub async fn withdraw(cx: &Cx, _may: Permit<ManageCredit>, input: Adjust) -> Result<Option<Id<Credit>>, CreditError> {
    cx.carry_out((input.is_dry_run, Some(&input.once)), async |tx| {
        let held = held(tx, &input.whose).await?;
        let amount = amount(&held, &input.amount)?;
        if moves::spend(tx, &held, amount.minor, cause(tx, CreditEntryKind::Withdrawn, &input)).await? {
            Ok(held.row.id)
        } else {
            Err(CreditError::TooLittle(held.balance(tx.now())?))
        }
    })
    .await
}

fn cause<'c>(tx: &'c Tx, kind: CreditEntryKind, input: &'c Adjust) -> Cause<'c> {
    Cause { kind, payment: None, reason: input.reason.as_deref(), by: tx.stamp() }
}

/// The one that changes, held until the transaction ends.
async fn held(tx: &Tx, whose: &Whose) -> Result<Held, CreditError> {
    match *whose {
        Whose::GiftCard(card) => card_held(tx, card).await,
        Whose::Customer(customer, currency) => {
            identity::customer(tx, customer).await?.ok_or(CreditError::NoCustomer)?;
            Ok(redeem::of_customer(tx, customer, currency).await?)
        }
    }
}

/// A gift card, held until the transaction ends.
pub(super) async fn card_held(tx: &Tx, card: Id<GiftCard>) -> Result<Held, CreditError> {
    let found = rows::hold(tx, &[of_card(card)]).await?.pop().ok_or(CreditError::NoGiftCard)?;
    if found.kind()? == CreditKind::GiftCard { Ok(found) } else { Err(CreditError::NoGiftCard) }
}

fn amount(held: &Held, text: &str) -> Result<Money, CreditError> {
    let currency = Currency::parse(&held.row.currency).ok_or_else(|| Fault::new("credit of an unknown currency"))?;
    Ok(Money::said_above_zero(text, currency).map_err(|problem| Invalid::at("amount", problem))?)
}
