//! Gift cards and store credit for readers.

use std::collections::HashMap;

use domain::{
    id::{Account, Credit, Id},
    identity::permission::proof::ReadCredit,
    payments::credit::{CreditKind, code::GiftCardCode},
};
use entity::payments::{credit, credit_entry};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use store::{Fault, Read, Slice, Sort, SortKind};

use super::{Held, rows};
use crate::{
    cx::{Customer, Cx, Permit, Public},
    digest::digest,
    list::Listed,
};

/// What gift cards and entries are sorted by: when they came to be.
pub const GIFT_CARDS_SORTED_BY: SortKind = SortKind::Integer("credit.created_at");

/// What the entries of a balance are sorted by: when they were written.
pub const ENTRIES_SORTED_BY: SortKind = SortKind::Integer("credit_entry.at");

/// Which gift cards are wanted. What is not said does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// For whom they are.
    pub customer: Option<Id<Account>>,
    /// Whether they are blocked.
    pub is_blocked: Option<bool>,
    /// What is written on it, as a [`GiftCardCode`] has it.
    pub code: Option<String>,
    /// The last characters of what is written on them.
    pub code_end: Option<String>,
}

/// Gift cards, the latest first.
pub async fn gift_cards(
    cx: &Cx,
    _may: &Permit<ReadCredit>,
    which: &Which,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let find = || {
        let mut find = read.find::<credit::Entity>().filter(credit::Column::Kind.eq(CreditKind::GiftCard.code()));
        if let Some(customer) = which.customer {
            find = find.filter(credit::Column::CustomerId.eq(customer));
        }
        if let Some(is_blocked) = which.is_blocked {
            find = find.filter(credit::Column::IsBlocked.eq(is_blocked));
        }
        if let Some(code) = &which.code {
            find = find.filter(credit::Column::CodeHash.eq(digest(code)));
        }
        if let Some(end) = &which.code_end {
            find = find.filter(credit::Column::CodeEnd.eq(end.to_uppercase()));
        }
        find
    };
    let total = if with_total { Some(find().count().await?) } else { None };
    let by = Expr::col((credit::Entity, credit::Column::CreatedAt));
    let sort = Sort { by, kind: GIFT_CARDS_SORTED_BY, descending: true };
    Ok(Listed { page: find().page(credit::Column::Id, sort, slice).await?, total })
}

/// Gift cards and store credit by id.
pub async fn by_ids(read: &Read, ids: &[Id<Credit>]) -> Result<HashMap<Id<Credit>, Held>, Fault> {
    Ok(rows::by_ids(read, ids).await?.into_iter().map(|held| (held.row.id, held)).collect())
}

/// The gift card of a code.
pub(crate) async fn by_code(read: &Read, code: &GiftCardCode) -> Result<Option<Held>, Fault> {
    rows::by_code(read, &digest(code.as_str())).await
}

/// The store credit of a customer, one of each currency, for staff.
pub async fn of_customer(cx: &Cx, _may: &Permit<ReadCredit>, customer: Id<Account>) -> Result<Vec<Held>, Fault> {
    rows::of_customer(&cx.read(), customer).await
}

/// The store credit of the customer who asks, one of each currency.
pub async fn own(cx: &Cx, customer: &Customer) -> Result<Vec<Held>, Fault> {
    rows::of_customer(&cx.read(), customer.account).await
}

/// What moved a balance, the latest first. Whoever may see it may see what moved it.
pub async fn entries(
    cx: &Cx,
    _anybody: Public,
    credit: Id<Credit>,
    slice: Slice,
    with_total: bool,
) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<credit_entry::Entity>().by(credit).count().await?) } else { None };
    let by = Expr::col((credit_entry::Entity, credit_entry::Column::At));
    let sort = Sort { by, kind: ENTRIES_SORTED_BY, descending: true };
    let page = read.find::<credit_entry::Entity>().by(credit).page(credit_entry::Column::Id, sort, slice).await?;
    Ok(Listed { page, total })
}

/// Entries by id.
pub async fn entries_by_id(
    read: &Read,
    ids: &[Id<domain::id::CreditEntry>],
) -> Result<HashMap<Id<domain::id::CreditEntry>, credit_entry::Model>, Fault> {
    let rows = read.find::<credit_entry::Entity>().by_any(ids.iter().copied()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
