//! Store credit: what the shop owes a customer.

use app::payments::credit::Held;
use async_graphql::{Context, ID, Object};
use domain::id::{self, Id};

use super::{
    failed,
    ledger::{self, CreditEntry},
};
use crate::graphql::{
    connection::{Connection, Paging},
    language::Reading,
    money::Money,
    scalar::DateTime,
};

/// What the shop owes a customer in a currency, and takes for money.
#[derive(Clone, Debug)]
pub struct StoreCredit(pub Held);

/// What the shop owes a customer in a currency, and takes for money.
#[Object]
impl StoreCredit {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(Id::<id::StoreCredit>::new(self.0.row.id.uuid()).to_string())
    }

    /// What can be spent of it now.
    async fn balance(&self, ctx: &Context<'_>) -> async_graphql::Result<Money> {
        self.0.balance(ctx.cx().now()).map(Money).map_err(|fault| failed(ctx, &fault))
    }

    /// When the next part of the balance expires; none if none does.
    async fn expires_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        self.0.next_expiry(ctx.cx().now()).map(DateTime)
    }

    /// What moved its balance, the latest first.
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<CreditEntry>> {
        ledger::entries(ctx, &self.0, page).await
    }
}
