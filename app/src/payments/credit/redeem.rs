//! Gift cards and store credit are money: an order is paid with them, and what comes back comes back to them.

use std::collections::{HashMap, HashSet};

use domain::{
    id::{Account, Id, Order, Payment},
    money::{Currency, Money},
    payments::{
        credit::{
            CreditEntryKind, CreditKind,
            lots::{self, Returned, Taken},
        },
        tender::Share,
    },
};
use entity::payments::{credit, credit_entry, payment};
use sea_orm::Set;
use store::{Fault, Stamp, Tx};

use super::{
    Held,
    moves::{self, Cause},
    rows,
};

/// Holds what orders are to be paid with until the transaction ends, and says for which there is too little, because another
/// order took it a moment before. Before stock, in all that locks both.
pub async fn hold(tx: &Tx, shares: &[(Id<Order>, &[Share])]) -> Result<HashSet<Id<Order>>, Fault> {
    let credits: Vec<_> = shares.iter().flat_map(|(_, shares)| shares.iter()).map(|share| share.credit).collect();
    if credits.is_empty() {
        return Ok(HashSet::new());
    }
    let mut left = HashMap::new();
    for held in rows::hold(tx, &credits).await? {
        let minor = if held.row.is_blocked { 0 } else { held.balance(tx.now())?.minor };
        left.insert(held.row.id, minor);
    }
    let mut short = HashSet::new();
    for (order, shares) in shares {
        let too_little = |share: &Share| left.get(&share.credit).is_none_or(|left| *left < share.amount.minor);
        if shares.iter().any(too_little) {
            short.insert(*order);
            continue;
        }
        for share in *shares {
            if let Some(left) = left.get_mut(&share.credit) {
                *left = left.saturating_sub(share.amount.minor);
            }
        }
    }
    Ok(short)
}

/// Holds what payments were paid with until the transaction ends.
pub(in crate::payments) async fn hold_of(tx: &Tx, payments: &[payment::Model]) -> Result<(), Fault> {
    let is_credit = |payment: &&payment::Model| CreditKind::parse(&payment.method).is_some();
    let paid: Vec<_> = payments.iter().filter(is_credit).map(|payment| payment.id).collect();
    if paid.is_empty() {
        return Ok(());
    }
    let entries = rows::entries_of(tx, &paid).await?;
    let credits: Vec<_> = entries.into_iter().filter(is_redeemed).map(|entry| entry.credit_id).collect();
    rows::hold(tx, &credits).await.map(drop)
}

fn is_redeemed(entry: &credit_entry::Model) -> bool {
    entry.kind == CreditEntryKind::Redeemed.code()
}

/// Pays a payment with what [`hold`] holds. Emits `gift_card.redeemed` or `store_credit.redeemed`.
pub(in crate::payments) async fn redeem(tx: &Tx, payment: Id<Payment>, share: &Share, by: &Stamp) -> Result<(), Fault> {
    let held = rows::by_ids(tx, &[share.credit]).await?.pop().ok_or_else(|| Fault::new("there is no such credit"))?;
    let cause = Cause { kind: CreditEntryKind::Redeemed, payment: Some(payment), reason: None, by };
    if moves::spend(tx, &held, share.amount.minor, cause).await? {
        Ok(())
    } else {
        Err(Fault::new("what was held of a gift card is not there"))
    }
}

/// Puts money of a locked payment back to what it was paid with, each part with the time that it had left.
///
/// Emits `gift_card.returned` or `store_credit.returned`.
pub(in crate::payments) async fn give_back(tx: &Tx, payment: &payment::Model, amount: Money) -> Result<(), Fault> {
    let entries = rows::entries_of(tx, &[payment.id]).await?;
    let spent: Vec<_> = entries.iter().filter(|entry| is_redeemed(entry)).collect();
    let credit = spent.first().map(|entry| entry.credit_id);
    let credit = credit.ok_or_else(|| Fault::new("a payment with credit that took none"))?;
    let held = rows::hold(tx, &[credit]).await?.pop();
    let row: credit::Model = held.ok_or_else(|| Fault::new("there is no such credit"))?.row;
    let lots = rows::lots(tx, &spent.iter().map(|entry| entry.lot_id).collect::<Vec<_>>()).await?;
    let taken: Vec<_> = spent
        .into_iter()
        .map(|entry| Taken {
            minor: entry.amount_minor.saturating_neg(),
            at: entry.at,
            expires_at: lots.iter().find(|lot| lot.id == entry.lot_id).and_then(|lot| lot.expires_at),
        })
        .collect();
    let came_back = entries.iter().filter(|entry| entry.kind == CreditEntryKind::Returned.code());
    let already = came_back.map(|entry| entry.amount_minor).fold(0, i64::saturating_add);
    let parts = lots::give_back(&taken, already, amount.minor, tx.now());
    let parts = parts.ok_or_else(|| Fault::new("more comes back than was paid with a gift card"))?;
    let cause = Cause { kind: CreditEntryKind::Returned, payment: Some(payment.id), reason: None, by: tx.stamp() };
    moves::add(tx, &row, &parts, cause).await
}

/// Makes money of a locked payment a customer's store credit, which never expires. Emits `store_credit.returned`.
pub(in crate::payments) async fn to_store_credit(
    tx: &Tx,
    customer: Id<Account>,
    payment: Id<Payment>,
    amount: Money,
) -> Result<(), Fault> {
    let held = of_customer(tx, customer, amount.currency).await?;
    let cause = Cause { kind: CreditEntryKind::Returned, payment: Some(payment), reason: None, by: tx.stamp() };
    moves::add(tx, &held.row, &[Returned { minor: amount.minor, expires_at: None }], cause).await
}

/// A customer's store credit in a currency, held until the transaction ends; made if there is none yet.
pub(super) async fn of_customer(tx: &Tx, customer: Id<Account>, currency: Currency) -> Result<Held, Fault> {
    let row = credit::ActiveModel {
        id: Set(tx.new_id()),
        kind: Set(CreditKind::StoreCredit.code().to_owned()),
        currency: Set(currency.code().to_owned()),
        customer_id: Set(Some(customer)),
        is_blocked: Set(false),
        version: Set(1),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert_new(row).await?;
    let found = rows::wished(tx, &[], (&[customer], currency)).await?.pop();
    let found = found.ok_or_else(|| Fault::new("store credit that was made is gone"))?;
    rows::hold(tx, &[found.id]).await?.pop().ok_or_else(|| Fault::new("store credit that was made is gone"))
}
