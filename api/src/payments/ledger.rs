//! What moved the balance of a gift card or of store credit.

use app::{
    cx::Public,
    payments::credit::{Held, load},
};
use async_graphql::{Context, Enum, ID, Object};
use domain::{
    id::{self, Id},
    identity::permission::proof::ReadCredit,
    money::{self, Currency},
    payments::credit,
};
use entity::payments::credit_entry;
use store::Fault;

use super::failed;
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    language::Reading,
    loader,
    money::Money,
    scalar::DateTime,
};

/// What moves a balance.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "credit::CreditEntryKind")]
pub enum CreditEntryKind {
    /// A gift card was issued with it.
    Issued,
    /// More was put on a gift card, or given as store credit.
    ToppedUp,
    /// Staff took some of it off.
    Withdrawn,
    /// An order was paid with it.
    Redeemed,
    /// What an order was paid with came back, or money came back as store credit.
    Returned,
    /// Its time is up.
    Expired,
}

/// One thing that moved a balance. Entries are never changed or removed.
#[derive(Clone, Debug)]
pub struct CreditEntry {
    row: credit_entry::Model,
    currency: Currency,
}

/// One thing that moved a balance. Entries are never changed or removed.
#[Object]
impl CreditEntry {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// What moved it.
    async fn kind(&self, ctx: &Context<'_>) -> async_graphql::Result<CreditEntryKind> {
        let kind = credit::CreditEntryKind::parse(&self.row.kind);
        let kind = kind.ok_or_else(|| failed(ctx, &Fault::new("an entry of an unknown kind")))?;
        Ok(kind.into())
    }

    /// What came; below zero what went.
    async fn amount(&self) -> Money {
        Money(money::Money::new(self.row.amount_minor, self.currency))
    }

    /// The payment that was paid with it, or whose money came back; none if it was moved by staff, or by time.
    async fn payment(&self) -> Option<ID> {
        self.row.payment_id.map(|payment| ID(payment.to_string()))
    }

    /// Why, in the words of staff; none for who may not read gift cards and store credit, such as the customer.
    async fn reason(&self, ctx: &Context<'_>) -> Option<&str> {
        self.row.reason.as_deref().filter(|_| ctx.cx().permit::<ReadCredit>().is_ok())
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.row.at)
    }
}

/// A page of what moved a balance, the latest first.
pub(super) async fn entries(
    ctx: &Context<'_>,
    held: &Held,
    page: Paging,
) -> async_graphql::Result<Connection<CreditEntry>> {
    let cx = ctx.cx();
    let currency = held.balance(cx.now()).map_err(|fault| failed(ctx, &fault))?.currency;
    let slice = page.slice(cx, load::ENTRIES_SORTED_BY)?;
    let listed =
        load::entries(cx, Public, held.row.id, slice, wants_total(ctx)).await.map_err(|fault| failed(ctx, &fault))?;
    let ids = listed.page.rows.iter().map(|row| Id::<id::CreditEntry>::new(row.id)).collect();
    let mut found = loader::many(ctx, ids).await?;
    let entry = |row: credit_entry::Model| CreditEntry { row, currency };
    Ok(connection(listed, |row| found.remove(&Id::<id::CreditEntry>::new(row.id)).map(entry)))
}
