//! Gift cards are issued.

use domain::{
    id::{Account, Credit, Id},
    identity::permission::proof::ManageCredit,
    invalid::{Invalid, Problem},
    money::Money,
    payments::credit::{CreditEntryKind, CreditKind, code::GiftCardCode, lots::Returned},
    time::Instant,
};
use entity::payments::credit;
use sea_orm::IntoActiveModel;
use store::{Fault, Once, Tx};

use super::{
    CreditError, Held, code,
    moves::{self, Cause},
    rows,
};
use crate::{
    channels,
    cx::{Cx, Permit},
    digest::digest,
    identity,
};

/// The most gift cards of one call.
pub const COUNT_MAX: usize = 100;

/// Gift cards to issue, all alike.
#[derive(Clone, Debug)]
pub struct Issue {
    /// What is on each; above zero.
    pub amount: Money,
    /// How many, 1 to [`COUNT_MAX`].
    pub count: usize,
    /// What is written on it, for one; none: codes are made.
    pub code: Option<GiftCardCode>,
    /// From when on they are worth nothing; none: never.
    pub expires_at: Option<Instant>,
    /// For whom they are, if that is known.
    pub customer: Option<Id<Account>>,
    /// What staff note about them, at most 500 characters.
    pub note: Option<String>,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// A gift card that was issued. Who knows the code has the money.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The gift card.
    pub card: Id<Credit>,
    /// What is written on it.
    pub code: GiftCardCode,
}

/// Issues gift cards; none, if it is only tried. A repeated call tells their codes again. Emits `gift_card.issued` for each.
pub async fn issue(cx: &Cx, _may: Permit<ManageCredit>, input: Issue) -> Result<Vec<Issued>, CreditError> {
    let how = (input.is_dry_run, Some(&input.once));
    let cards: Vec<Id<Credit>> = cx
        .carry_out(how, async |tx| {
            check(tx, &input).await?;
            let mut cards = Vec::with_capacity(input.count);
            for _ in 0..input.count {
                cards.push(one(cx, tx, &input).await?);
            }
            Ok::<_, CreditError>(cards)
        })
        .await?
        .unwrap_or_default();
    let known = rows::by_ids(&cx.read(), &cards).await?;
    let issued = |card| {
        let code = input.code.clone().unwrap_or_else(|| code::of(cx, card));
        let is_its = |held: &Held| held.row.id == card && held.row.code_hash == Some(digest(code.as_str()));
        if !known.iter().any(is_its) {
            return Err(Fault::new("the secret from which the codes of gift cards follow was changed since").into());
        }
        Ok(Issued { card, code })
    };
    cards.into_iter().map(issued).collect()
}

async fn check(tx: &Tx, input: &Issue) -> Result<(), CreditError> {
    if input.expires_at.is_some_and(|end| end <= tx.now()) {
        return Err(Invalid::at("expiresAt", Problem::InThePast).into());
    }
    channels::sold_in::<CreditError>(tx, input.amount.currency, "currency").await?;
    match input.customer {
        Some(customer) if identity::customer(tx, customer).await?.is_none() => Err(CreditError::NoCustomer),
        _ => Ok(()),
    }
}

async fn one(cx: &Cx, tx: &Tx, input: &Issue) -> Result<Id<Credit>, CreditError> {
    let id = tx.new_id();
    let code = input.code.clone().unwrap_or_else(|| code::of(cx, id));
    let row = credit::Model {
        tenant_id: tx.scope().tenant(),
        id,
        kind: CreditKind::GiftCard.code().to_owned(),
        currency: input.amount.currency.code().to_owned(),
        customer_id: input.customer,
        code_hash: Some(digest(code.as_str())),
        code_end: Some(code.end().to_owned()),
        is_blocked: false,
        note: input.note.clone(),
        version: 1,
        created_at: tx.now(),
    };
    if !tx.insert_new(row.clone().into_active_model()).await? {
        // A code that is made is of eighty bits: only one that was said is another's.
        return Err(CreditError::CodeTaken);
    }
    let cause = Cause { kind: CreditEntryKind::Issued, payment: None, reason: None, by: tx.stamp() };
    let part = Returned { minor: input.amount.minor, expires_at: input.expires_at };
    moves::add(tx, &row, &[part], cause).await?;
    Ok(id)
}
